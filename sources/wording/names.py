"""What a source is called in the reader's language."""

from django.utils.translation import get_language

from sources.models import Source


def name_of(source: Source) -> str:
    """Its name on record in the active language, or else the name it goes by."""
    return source.name_in(get_language() or "")
