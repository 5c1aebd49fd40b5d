"""An address somebody gave, in the form in which two of them can be compared."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from sources.domain import urls
from sources.domain.captures import UnableToFetch
from sources.wording.captures import refusal_sentence


def canonical(address: str) -> str:
    """Raises ValidationError on `url` for one that is refused before anything is sent."""
    if not address.strip():
        raise ValidationError({"url": _("This source has no address. Add one first.")})
    try:
        return urls.canonical(address)
    except UnableToFetch as refused:
        refusal = ValidationError(refusal_sentence(refused), code=refused.reason.lower())
        raise ValidationError({"url": refusal}) from refused
