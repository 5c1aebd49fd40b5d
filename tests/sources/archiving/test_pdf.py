"""The text of PDFs: in the order in which it is read, in a child, with limits, or with the reason why not."""

import zlib
from dataclasses import replace
from pathlib import Path

from sources.archiving.extract import Extracted, extract
from sources.archiving.limits import Limits
from sources.domain.captures import Reason

# Printed by Chromium from a page in Arabic with numbers, brackets, a Latin name and a mark.
STATEMENT = (Path(__file__).parent / "files" / "statement.pdf").read_bytes()


def read(data: bytes, limits: Limits | None = None) -> Extracted:
    return extract(data, "application/pdf", limits or Limits())


def pdf(content: bytes, *, pages: int = 1, extra: bytes = b"") -> bytes:
    """A document whose every page shows `content`, a deflated content stream."""
    kids = b" ".join(b"%d 0 R" % (5 + number) for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % pages,
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(content), content),
    ]
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Resources<</Font<</F 3 0 R>>>>/Contents 4 0 R>>"
    objects += [page] * pages
    out, offsets = bytearray(b"%PDF-1.4\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return bytes(out) + b"trailer<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, extra, start)


def shown(text: bytes) -> bytes:
    return zlib.compress(b"BT /F 12 Tf 50 700 Td (" + text + b") Tj ET")


def test_arabic_is_read_as_it_is_written() -> None:
    result = read(STATEMENT)
    assert (result.title, result.language, result.reason) == ("بيان الوزارة", "ar", None)
    assert result.text.splitlines()[:3] == [
        "بيان الوزارة",
        "قال الوزير في بيان صدر يوم الأحد 23 نوفمبر 2026 إن الجسر (الشرقي) "
        "أُغلق في الساعة 14:30 بسبب الفيضان، ولا إصابات.",
        "ونقلت وكالة Reuters عن ناطق باسم الوزارة أن الأضرار بلغت 3.5 مليون دولار.",
    ]


def test_a_plain_one() -> None:
    assert read(pdf(shown(b"The bridge was closed at noon."))).text == "The bridge was closed at noon."


def test_a_picture_of_a_page_has_no_text() -> None:
    assert read(pdf(zlib.compress(b"0 0 100 100 re f"))).reason is Reason.TEXT_EMPTY


def test_what_is_no_pdf() -> None:
    assert read(b"%PDF-1.4\nand nothing of the kind").reason is Reason.TEXT_FAILED
    assert read(STATEMENT[:3000]).reason in (Reason.TEXT_FAILED, Reason.TEXT_EMPTY, Reason.TEXT_DAMAGED)


def test_one_that_is_locked() -> None:
    key = b"(" + b"k" * 32 + b")"
    locked = b"/Encrypt<</Filter/Standard/V 2/R 3/Length 128/P -1/O %s/U %s>>/ID[(a)(a)]" % (key, key)
    assert read(pdf(shown(b"secret"), extra=locked)).reason is Reason.TEXT_LOCKED


def test_a_long_one_is_cut_and_says_so() -> None:
    few = replace(Limits(), text_chars=100)
    result = read(pdf(shown(b"The bridge was closed at noon."), pages=50), few)
    assert (len(result.text), result.reason) == (100, Reason.TEXT_TRUNCATED)


def test_one_that_takes_long_is_cut_too() -> None:
    hurried = replace(Limits(), reading_cpu=1)
    result = read(pdf(shown(b"The bridge was closed at noon. " * 20), pages=2000), hurried)
    assert result.reason is Reason.TEXT_TRUNCATED
    assert result.text.startswith("The bridge")


def test_a_bomb_takes_only_its_reader_with_it() -> None:
    little = replace(Limits(), reading_bytes=128 * 1024 * 1024)
    assert read(pdf(zlib.compress(b" " * 400_000_000)), little).reason in (
        Reason.TEXT_OUT_OF_MEMORY,
        Reason.TEXT_FAILED,
    )
    assert read(STATEMENT).reason is None
