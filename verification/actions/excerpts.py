"""The excerpt a piece of evidence names: of a capture of its carrier, and holding its quotation."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from newsroom.domain.languages import language_tag
from newsroom.models import Case, User
from sources.actions import excerpts
from sources.domain.passages import stands_in
from sources.models import Capture, Excerpt
from verification.models import Evidence
from verification.passages import Place


def excerpt_at(place: Place, *, actor: User, case: Case, language: str = "") -> Excerpt:
    """The excerpt at a place, inside an act that is under way."""
    try:
        return excerpts.write(
            actor=actor,
            case=case,
            capture_id=place.capture_id,
            start=place.start,
            end=place.end,
            language=language_tag(language) or "",
        )
    except Capture.DoesNotExist as nowhere:
        raise ValidationError(
            _("That capture cannot be used in this case. Capture the address again here.")
        ) from nowhere


def is_bound(evidence: Evidence) -> bool:
    """Whether its excerpt is what it says: the words, in a copy of the carrier."""
    excerpt = evidence.excerpt
    if excerpt is None or not _of_the_carrier(evidence, excerpt):
        return False
    return stands_in(evidence.quotation, excerpt.exact) is not None


def require_bound(evidence: Evidence) -> None:
    """Raises ValidationError where the quotation was written down as other words than the passage's."""
    if not is_bound(evidence):
        raise ValidationError(
            {
                "quotation": _(
                    "These words do not stand in the passage of the capture, or it is a capture of another source. "
                    "Quote the passage, or select it again."
                )
            }
        )


def _of_the_carrier(evidence: Evidence, excerpt: Excerpt) -> bool:
    """A capture of a bare address is nobody's yet: what it is a copy of, whoever binds it says."""
    return excerpt.source_id in (None, evidence.source_id)
