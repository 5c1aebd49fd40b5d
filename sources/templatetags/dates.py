"""`{{ claim.happened|spoken }}`: an EDTF date in words, in the reader's language."""

from django import template

from sources.domain.dates import When
from sources.wording.dates import spoken as in_words

register = template.Library()


@register.filter
def spoken(value: When | str) -> str:
    return in_words(value)
