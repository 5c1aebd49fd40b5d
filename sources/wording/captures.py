"""Why an address was refused, as a sentence for the person who typed it."""

from django.utils.translation import gettext as _

from sources.domain.captures import UnableToFetch


def refusal_sentence(refused: UnableToFetch) -> str:
    return _("This address cannot be used: %(detail)s.") % {"detail": refused.detail}
