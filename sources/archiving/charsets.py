"""Which characters a page's bytes mean, by the Encoding Standard and the HTML Standard of WHATWG, and by nothing else.

Python's own codec registry answers to `rot13` and `zlib`, and calls Latin-1 what every browser reads as Windows-1252.
"""

import codecs
import re
from collections.abc import Iterable
from typing import NamedTuple

from sources.archiving.undeclared import guessed

# Python's codec for each encoding of the standard, with all the labels the standard gives it.
_LABELS = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e"
    " iso-8859-6-i iso-ir-127 iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7"
    " iso_8859-7:1987 sun_eu_greek",
    "iso8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8"
    " iso_8859-8:1988 visual csiso88598i iso-8859-8-i logical",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac_roman": "csmacintosh mac macintosh x-mac-roman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1"
    " iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5"
    " windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "mac_cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601"
    " windows-949",
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
    # Encodings in which markup can be hidden from a filter: never decoded.
    "replacement": "csiso2022kr hz-gb-2312 iso-2022-cn iso-2022-cn-ext iso-2022-kr replacement",
}
_CODECS = {label: codec for codec, labels in _LABELS.items() for label in labels.split()}

_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF16_LE, "utf-16-le"))
_PRESCAN_BYTES = 1024
_HEAD_BYTES = 64 * 1024
_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_NOT_MARKUP = re.compile(rb"<!--.*?(?:-->|\Z)|<(script|style)\b.*?(?:</\1|\Z)", re.DOTALL | re.IGNORECASE)
_END_OF_HEAD = re.compile(rb"</head|<body[\s>]", re.IGNORECASE)
_META = re.compile(rb"<meta[\s/][^>]*", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_CHARSET = re.compile(r"""charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))""", re.IGNORECASE)


def codec_for(label: str) -> str | None:
    """Python's codec for a label of the standard, `replacement` for those never decoded, None for any other word."""
    return _CODECS.get(label.strip("\t\n\f\r ").lower())


class Decoded(NamedTuple):
    """`damaged`: bytes were found that the charset does not have (they appear as U+FFFD). `guessed`: nobody said it."""

    text: str
    codec: str
    damaged: bool = False
    guessed: bool = False


def decode(data: bytes, content_type: str, *, html: bool) -> Decoded:
    """Order: byte order mark, header, `<meta>` in the head; then UTF-8 if the bytes are valid UTF-8, else a guess."""
    for mark, codec in _MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], codec)
    found = _label(_CHARSET.search(content_type)) or (_declared(data) if html else None)
    if found is None:
        try:
            return Decoded(data.decode(), "utf-8")
        except UnicodeDecodeError:
            return _decode(data, guessed(data, html=html))._replace(guessed=True)
    return _decode(data, found)


def is_utf_8_unsaid(parts: Iterable[bytes]) -> bool:
    """Whether a page says nothing of its charset and is UTF-8 all the same, as `decode` takes it; browsers do not."""
    decoder, begun = codecs.getincrementaldecoder("utf-8")(), False
    try:
        for part in parts:
            if not begun and (part.startswith(tuple(mark for mark, _ in _MARKS)) or _declared(part)):
                return False
            decoder.decode(part)
            begun = True
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _label(match: re.Match[str] | None) -> str | None:
    return codec_for(next(group for group in match.groups() if group is not None)) if match else None


def _declared(data: bytes) -> str | None:
    """In the first 1024 bytes, where browsers look before they read; else where they come upon it in the head."""
    if found := _in_a_meta(_COMMENT.sub(b"", data[:_PRESCAN_BYTES])):
        return found
    markup = _NOT_MARKUP.sub(b"", data[:_HEAD_BYTES])
    end = _END_OF_HEAD.search(markup)
    return _in_a_meta(markup[: end.start()] if end else markup)


def _in_a_meta(markup: bytes) -> str | None:
    for meta in _META.finditer(markup):
        found = {
            match[1].lower(): (match[2] or match[3] or match[4] or b"").decode("latin-1")
            for match in _ATTRIBUTE.finditer(meta[0])
        }
        if b"charset" in found:
            codec = codec_for(found[b"charset"])
        elif found.get(b"http-equiv", "").lower() == "content-type":
            codec = _label(_CHARSET.search(found.get(b"content", "")))
        else:
            continue
        if codec in ("utf-16-be", "utf-16-le"):
            return "utf-8"  # the declaration itself was readable, so it cannot be true
        if codec:
            return codec
    return None


def _decode(data: bytes, codec: str) -> Decoded:
    if codec == "replacement":
        return Decoded("\ufffd", codec, damaged=True)
    try:
        return Decoded(data.decode(codec), codec)
    except UnicodeDecodeError:
        return Decoded(data.decode(codec, "replace"), codec, damaged=True)
