"""Forty articles of a newspaper, as the archive is measured and tested on: nine things to load a page.

Of the six pictures one is set in by the script, one stands only in the style sheet, and one is lazy. All is made of one
seed, so that two runs serve the same bytes.
"""

import random
import struct
import zlib
from collections.abc import Iterable

ARTICLES = 40
KILOBYTES = (20, 60, 90, 120, 160, 200)  # of the pictures
HTML_BYTES = 59_000
WORDS = """
قال شهود إن الحريق بدأ في الطابق الثاني قبل أن تصل فرق الدفاع المدني إلى المكان وأضافت البلدية في بيان لها أن سبعة أشخاص
نقلوا إلى المستشفى بينما نفت الوزارة ما تداولته صفحات على مواقع التواصل وذكرت مراسلة الصحيفة أن الصور التقطت يوم
الثلاثاء الماضي ولم يصدر حتى الآن تقرير رسمي عن أسباب الحادث وطالب الأهالي بفتح تحقيق مستقل ونشر نتائجه
""".split()  # noqa: SIM905 - a list of them would be fifty lines
STYLE = b"""body { margin: 0; font: 17px/33px serif; direction: rtl }
main { width: 900px; margin: auto } img { display: block; width: 600px; height: 330px }
header { height: 330px; background: url(/picture/1.png) center / cover }"""
SCRIPT = b"""const set = new Image(); set.src = "/picture/2.png"; document.getElementById("here").append(set);"""


def site() -> dict[str, tuple[str, bytes]]:
    """Media type and body by path."""
    pictures = {f"/picture/{n}.png": ("image/png", _picture(n, size * 1000)) for n, size in enumerate(KILOBYTES)}
    pages = {path: ("text/html; charset=utf-8", _article(path)) for path in paths()}
    return {"/style.css": ("text/css", STYLE), "/script.js": ("text/javascript", SCRIPT)} | pictures | pages


def paths() -> list[str]:
    return [f"/article/{number}" for number in range(ARTICLES)]


def resources(path: str) -> set[str]:
    return {path, "/style.css", "/script.js", *(f"/picture/{number}.png" for number in range(6))}


def _article(path: str) -> bytes:
    dice = random.Random(path)
    title = " ".join(dice.choices(WORDS, k=8))
    head = f"<meta charset=utf-8><title>{title}</title><link rel=stylesheet href=/style.css>"
    start = f"<!doctype html><html lang=ar><head>{head}</head><body><header></header><main><h1>{title}</h1>"
    end = "<div id=here></div></main><script src=/script.js></script></body></html>"
    shown = [f"<img src=/picture/{number}.png>" for number in (0, 3, 4)] + ["<img loading=lazy src=/picture/5.png>"]
    parts, size = [], len((start + end).encode())
    while size < HTML_BYTES:
        parts.append(f"<p>{' '.join(dice.choices(WORDS, k=60))}.</p>")
        if len(parts) % 20 == 0 and shown:
            parts.append(shown.pop(0))
        size += len(parts[-1].encode())
    return (start + "".join([*parts, *shown]) + end).encode()


def _picture(seed: int, size: int) -> bytes:
    """A PNG of about that many bytes: two bits of noise a pixel over a slope of grey."""
    width = 800
    height = size * 2800 // 1000 // width
    dice = random.Random(seed)
    steps = bytes(value % 4 * 2 for value in range(256))
    rows = b"".join(
        b"\0" + bytes(min(255, line * 200 // height + each) for each in dice.randbytes(width).translate(steps))
        for line in range(height)
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        _chunks(
            [
                (b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)),
                (b"IDAT", zlib.compress(rows)),
                (b"IEND", b""),
            ]
        )
    )


def _chunks(chunks: Iterable[tuple[bytes, bytes]]) -> Iterable[bytes]:
    for kind, data in chunks:
        yield struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
