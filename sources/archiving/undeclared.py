"""Which charset a page is written in that does not say so and is no UTF-8. Whatever is found here is a guess.

By the language of the page, as browsers do by that of their reader (HTML Standard, 13.2.3.2, step 9); where it names
none, by how its bytes are spread: those of Arabic words stand in rows and begin at 0xC0.
"""

import re

_BY_LANGUAGE = {
    "big5hkscs": "zh-hant zh-hk zh-mo zh-tw",
    "cp1250": "cs hr sk",
    "cp1251": "ba be bg kk ky mk ru sah sr tg tt uk",
    "cp1254": "az ku tr",
    "cp1255": "he",
    "cp1256": "ar fa ur",
    "cp1257": "et lt lv",
    "cp1258": "vi",
    "cp874": "th",
    "cp932": "ja",
    "cp949": "ko",
    "gb18030": "zh",
    "iso8859-2": "hu pl sl",
    "iso8859-7": "el",
}
_CODECS = {language: codec for codec, languages in _BY_LANGUAGE.items() for language in languages.split()}
_ROOT = re.compile(rb"<html\s([^>]*)", re.IGNORECASE)
_LANGUAGE = re.compile(rb"""\blang\s*=\s*["']?([a-z]{2,3}(?:-[a-z]{2,4})?)""", re.IGNORECASE)
_LOOKED_AT = 64 * 1024
_ALL_BUT_HIGH = bytes(range(0x80))
_ALL_BUT_EARLY = bytes({*range(0x100)} - {*range(0xC0, 0xE0)})
_IN_A_ROW = re.compile(rb"[\x80-\xff]{3,}")
_FEW = 0.05  # of what is no ASCII


def guessed(data: bytes, *, html: bool) -> str:
    """Python's name for it."""
    if _is_nearly_utf_8(data):
        return "utf-8"
    language = _language(data) if html else ""
    if codec := _CODECS.get(language) or _CODECS.get(language.split("-")[0]):
        return codec
    return "cp1256" if _looks_arabic(data) else "cp1252"


def _language(data: bytes) -> str:
    root = _ROOT.search(data[:_LOOKED_AT])
    said = _LANGUAGE.search(root[1]) if root else None
    return said[1].decode().lower() if said else ""


def _is_nearly_utf_8(data: bytes) -> bool:
    """But for a few bytes, or for where it breaks off."""
    text = data.decode("utf-8", "replace")
    others, unread = len(text) - len(text.encode("ascii", "ignore")), text.count("\ufffd")
    return unread < others and unread <= max(1, _FEW * others)


def _looks_arabic(data: bytes) -> bool:
    """In other scripts of one byte a letter, those between 0xC0 and 0xDF are capitals; in Latin ones, few are high."""
    high, early = len(data.translate(None, _ALL_BUT_HIGH)), len(data.translate(None, _ALL_BUT_EARLY))
    return sum(map(len, _IN_A_ROW.findall(data))) > high / 2 and early > high / 5
