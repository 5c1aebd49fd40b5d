"""What a source is called in the reader's language."""

from django.utils.translation import get_language

from sources.models import Source


def name_of(source: Source) -> str:
    """Its name on record in the active language, or else the name it goes by."""
    language = (get_language() or "").split("-")[0]
    own = source.language.split("-")[0] == language
    return source.name if own else str(source.translations.get(language) or source.name)
