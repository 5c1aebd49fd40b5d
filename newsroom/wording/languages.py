"""Languages by the name people call them, in the active language."""

from babel import Locale, UnknownLocaleError
from django.utils.functional import lazy
from django.utils.translation import get_language

OFFERED = ("ar", "en", "fa", "ku", "ckb", "tr", "he", "fr", "de", "es", "it", "ru", "uk", "ur", "hy", "syr", "zh")


def language_name(tag: str) -> str:
    """What the language of a BCP 47 tag is called ("Kurdish"); the tag itself where nobody has named it."""
    reader = Locale.parse(get_language() or "en", sep="-")
    try:
        return Locale.parse(tag, sep="-").get_display_name(reader) or tag
    except (UnknownLocaleError, ValueError):
        return str(reader.languages.get(tag, tag))


lazy_language_name = lazy(language_name, str)
