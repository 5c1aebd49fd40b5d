"""Text as a reader of the page sees it, read in a child that holds no secrets and can be thrown away."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from lxml import html

from sources.archiving import extract as extraction
from sources.archiving.charsets import codec_for, decode
from sources.archiving.extract import Extracted, extract
from sources.archiving.limits import Limits
from sources.archiving.reader import language_of, tidy
from sources.archiving.visible import besides, visible_text
from sources.domain.captures import Reason
from sources.domain.texts import BESIDES

HTML = "text/html; charset=utf-8"


def read(markup: str, limits: Limits | None = None) -> Extracted:
    return extract(markup.encode(), HTML, limits or Limits())


def test_paragraphs_are_kept() -> None:
    first, second = "الفقرة الأولى من الخبر كما كتبت", "الفقرة الثانية من الخبر كما كتبت"
    result = read(f"<html lang=ar><title> عنوان\n الخبر </title><p>{first}</p><p>{second}</p></html>")
    assert result == Extracted("عنوان الخبر", f"{first}\n{second}", "ar", None)


def test_a_page_too_odd_for_an_article_still_has_its_visible_text() -> None:
    result = read("<table><tr><td>بيان</td><td>رقم ٧</td></tr></table><script>no()</script><style>p{}</style>")
    assert "بيان" in result.text
    assert "no()" not in result.text


def test_visible_text() -> None:
    root = html.document_fromstring(
        "<body><h1>One</h1>a <b>bold</b>\n word<br>next<script>x</script> tail<p hidden>gone</p>end<ul><li>1<li>2</ul>"
    )
    assert tidy(visible_text(root)) == "One\na bold word\nnext tail\nend\n1\n2"


PASSAGE = "أعلنت القيادة أن المقاتلين دخلوا الأحياء الغربية من المدينة مساء الجمعة"
PARAGRAPH = "وقال شهود إن الطريق إلى الجنوب بقي مفتوحا طوال النهار وإن السيارات كانت تعبر على مهل. " * 3
BESIDE = [
    f"<figure><img src=a.png><figcaption>{PASSAGE}</figcaption></figure>",
    f"<div class=box>{PASSAGE}</div>",
    f"<aside><p>{PASSAGE}</p></aside>",
    f"<footer><p>{PASSAGE}</p></footer>",
    f"<div class=comments><p>{PASSAGE}</p></div>",
    f"<div class=related><a href=/a>{PASSAGE}</a></div>",
    f"<nav><ul><li>{PASSAGE}</li></ul></nav>",
    f"<blockquote class=twitter-tweet><p>{PASSAGE}</p></blockquote>",
]


@pytest.mark.parametrize("paragraphs", [0, 1, 4, 30])
@pytest.mark.parametrize("beside", BESIDE)
def test_what_stands_beside_the_article_is_in_the_text_however_long_that_is(beside: str, paragraphs: int) -> None:
    """An extractor takes it for the article of a short page, and not of a long one: the words were there all along."""
    article = "".join(f"<p>{number}. {PARAGRAPH}</p>" for number in range(paragraphs))
    for markup in (f"<article>{article}{beside}</article>", f"<article>{article}</article>{beside}"):
        assert read(f"<html lang=ar><body>{markup}</body></html>").text.count(PASSAGE) == 1


def test_the_article_comes_first_and_the_rest_below_a_mark_each_block_once() -> None:
    article = "".join(f"<p>{number}. {PARAGRAPH}</p>" for number in range(3))
    result = read(
        f"<body><nav><a href=/>الرئيسية</a> <a href=/b>سوريا</a></nav><article>{article}"
        f"<table><tr><td>القتلى<td>١٢</table></article><aside>{PASSAGE}</aside><aside><b>{PASSAGE}</b></aside>"
        "<p>وإن السيارات كانت تعبر</p><hr><p>* * *</p><dialog>لا يُرى</dialog><p style='display: none'>لا يُرى</p>"
        "<footer>حقوق</footer>"
    )
    paragraphs = [f"{number}. {PARAGRAPH.strip()}" for number in range(3)]
    assert result.article.split("\n")[:3] == paragraphs
    assert result.text[len(result.article) :] == f"\n{BESIDES}\nالرئيسية سوريا\n{PASSAGE}\nحقوق"


def test_a_limit_takes_the_rest_before_the_article_and_its_language_is_that_of_the_article() -> None:
    menu = "".join(f"<li>A long list of places in English, number {number}" for number in range(900))
    markup = f"<body><ul>{menu}</ul><article><p>{PARAGRAPH}</p><p>{PASSAGE}. {PARAGRAPH}</p></article>"
    result = read(markup, replace(Limits(), text_chars=2000))
    assert (result.reason, len(result.text), result.language) == (Reason.TEXT_TRUNCATED, 2000, "ar")
    assert PASSAGE in result.article
    assert result.text.startswith(result.article + f"\n{BESIDES}\n")


def test_a_page_of_one_word_a_million_times_is_read_to_its_end() -> None:
    """Were each block looked for all through the article, this would take an hour."""
    visible = [f"a a a {number}" for number in range(60_000)]
    assert list(besides("a " * 400_000, visible)) == visible


@pytest.mark.parametrize("markup", ["", "  ", "<!-- only -->", "<!doctype html>", "<script>x</script>", "</p>"])
def test_nothing_to_read(markup: str) -> None:
    assert read(markup) == Extracted(reason=Reason.TEXT_EMPTY)


def test_a_picture_s_title_is_not_the_page_s() -> None:
    assert read("<body><svg><title>icon</title></svg><p>word</p>").title == ""


def test_memory_is_limited() -> None:
    little = replace(Limits(), reading_bytes=24 * 1024 * 1024)
    result = read("<p>word</p>" * 400_000, little)
    assert result.reason in (Reason.TEXT_OUT_OF_MEMORY, Reason.TEXT_FAILED)
    assert read("<p>A short page</p>").text == "A short page"


def test_wall_time_is_limited() -> None:
    result = read("<p>A page</p>", replace(Limits(), reading_wall=0.0))
    assert result.reason is Reason.TEXT_TIMED_OUT


def test_a_reader_that_was_killed_is_started_again() -> None:
    assert read("<p>One page</p>").text == "One page"
    process = extraction._reader._process
    assert process is not None
    process.kill()
    process.wait()
    assert read("<p>Another page</p>").text == "Another page"


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="needs /proc")
def test_the_reader_holds_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SECRET_KEY", "do not pass on")
    monkeypatch.setattr(extraction, "_reader", extraction._Reader())
    read("<p>A page</p>")
    process = extraction._reader._process
    assert process is not None
    proc = Path(f"/proc/{process.pid}")
    names = {entry.partition(b"=")[0] for entry in (proc / "environ").read_bytes().split(b"\0") if entry}
    assert names == {b"LANG", b"OPENBLAS_NUM_THREADS"}
    assert not any("socket" in str(link.readlink()) for link in (proc / "fd").iterdir())
    assert os.getpgid(process.pid) != os.getpgid(0)
    extraction._reader._stop()


@pytest.mark.parametrize(
    ("text", "declared", "language"),
    [
        ("كلمة", "ar-SY", "ar"),  # too short to judge: what the page says
        ("كلمة", "", "ar"),
        ("", "ar", "ar"),
        ("١٢٣", "", ""),
        ("كلمة", "nonsense value", "ar"),
        (
            "The municipality said on Monday that the bridge would stay closed until the end of the month. " * 2,
            "ar",
            "en",
        ),
        (
            "أعلنت البلدية يوم الاثنين أن الجسر سيبقى مغلقا حتى نهاية الشهر بسبب أعمال الصيانة الجارية منذ أسابيع",
            "en",
            "ar",
        ),
    ],
)
def test_language(text: str, declared: str, language: str) -> None:
    assert language_of(text, declared) == language


@pytest.mark.parametrize(
    "label", ["rot13", "zlib", "hex", "base64", "idna", "punycode", "unicode_escape", "utf-7", "utf-32"]
)
def test_only_the_charsets_of_the_web(label: str) -> None:
    assert codec_for(label) is None


@pytest.mark.parametrize(
    ("data", "content_type", "codec"),
    [
        # A byte order mark outweighs the header, the header the page
        (b"\xef\xbb\xbfa", "text/html; charset=windows-1256", "utf-8"),
        (b"\xff\xfea\0", "text/html; charset=utf-8", "utf-16-le"),
        (b"<meta charset=utf-8>", "text/html; charset=windows-1256", "cp1256"),
        (b"<meta charset=utf-8>", 'text/html; charset=" ISO-8859-6 "', "iso8859-6"),
        # Latin-1 means Windows-1252 on the web
        (b"a", "text/html; charset=iso-8859-1", "cp1252"),
        # In the page, both ways of saying it
        (b"<META content='text/html; charset=windows-1256' http-equiv=content-type>", "text/html", "cp1256"),
        (b"<meta name=a content='charset=koi8-r'><meta charset='windows-1256'>", "text/html", "cp1256"),
        (b"<!-- <meta charset=koi8-r> --><meta charset=windows-1256>", "text/html", "cp1256"),
        (b"<meta charset=utf-16>", "text/html", "utf-8"),
        # Further down in the head, but in no script and in no page
        (b" " * 1024 + b"<meta charset=koi8-r>\xe1", "text/html", "koi8-r"),
        (b"<head><!--" + b"x" * 60_000 + b"--><script>'<body>'</script><meta charset=cp1256>", "text/html", "cp1256"),
        (b" " * 1024 + b"<script>'<meta charset=koi8-r>'</script><meta charset=cp1256>", "text/html", "cp1256"),
        (b" " * 1024 + b"</head><body><meta charset=koi8-r>\xe1", "text/html", "cp1252"),
        (b" " * 65_536 + b"<meta charset=koi8-r>\xe1", "text/html", "cp1252"),
        # A label nobody knows is no declaration
        (b"<meta charset=rot13><meta charset=cp1256>", "text/html; charset=zlib", "cp1256"),
        (b"plain", "text/html", "utf-8"),
        (b"\xc7\xe1", "text/html", "cp1252"),
    ],
)
def test_which_charset(data: bytes, content_type: str, codec: str) -> None:
    assert decode(data, content_type, html=True)[1] == codec


WESTERN = "Après l'été, le préfet a déclaré que la façade était très abîmée"
RUSSIAN = "Администрация города сообщила вчера вечером, что мост закрыт"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        (b"<html lang=ar-SY><p>" + PASSAGE.encode("cp1256"), PASSAGE),
        (b"<html dir=rtl lang='fa'><p>" + PASSAGE.encode("cp1256"), PASSAGE),
        (b"<html lang=ru><p>" + RUSSIAN.encode("cp1251"), RUSSIAN),
        # Without a language by how the bytes are spread
        (b"<p>" + PASSAGE.encode("cp1256"), PASSAGE),
        (b"<html lang=en><p>" + PASSAGE.encode("cp1256"), PASSAGE),
        (b"<p>" + WESTERN.encode("cp1252"), WESTERN),
        # UTF-8 in which one byte is wrong, or that breaks off
        (b"<html lang=ar><p>" + PASSAGE.encode() + b"\xff", PASSAGE + "\ufffd"),
        (b"<p>" + f"{PASSAGE}ة".encode()[:-1], PASSAGE + "\ufffd"),
    ],
)
def test_a_charset_that_nobody_says_is_guessed_and_that_is_said(data: bytes, text: str) -> None:
    result = extract(data, "text/html", Limits())
    assert (result.text, result.reason) == (text, Reason.TEXT_DAMAGED)


def test_one_that_is_said_late_is_no_guess() -> None:
    head = b"<html><head><!--" + b"x" * 1500 + b"--><meta charset=windows-1256></head><p>"
    assert extract(head + PASSAGE.encode("cp1256"), "text/html", Limits()) == Extracted("", PASSAGE, "ar")


def test_what_is_read_the_same_in_any_charset_is_no_guess() -> None:
    assert extract(b"<script>'\xe9'</script><p>A short page", "text/html", Limits()).reason is None


def test_a_head_full_of_beginnings_is_looked_through_once() -> None:
    for beginning in (b"<!--", b"<script ", b"<meta ", b"<html ", b"<html lang"):
        assert decode(beginning * 20_000 + b"\xe9", "text/html", html=True).codec == "cp1252"
