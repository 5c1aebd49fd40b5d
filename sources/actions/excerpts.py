"""Mark a passage of a captured text."""

from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits
from newsroom.domain.languages import language_tag
from newsroom.domain.text import QUOTATION
from newsroom.models import Case, User
from sources.archiving.blobs import digest_of
from sources.domain.passages import TextPositionSelector, TextQuoteSelector, select
from sources.models import Capture, CapturedText, Excerpt


def create(*, actor: User, case_id: int, capture_id: UUID, start: int, end: int, **told: Any) -> Excerpt:
    """Mark text[start:end] for the work on a case. `told` is what `write` takes besides."""
    with transaction.atomic():
        case = Case.objects.get(pk=case_id)
        _require(actor, case)
        capture = _locked(capture_id)
        if (there := _standing(case, capture, start, end)) is not None:
            return there
        with act("excerpt.create", actor=actor, case=case):
            return _write(actor, case, capture, start, end, **told)


def write(*, actor: User, case: Case, capture_id: UUID, start: int, end: int, **told: Any) -> Excerpt:
    """The excerpt of a passage, inside an act that is under way; what is marked in the case already is that excerpt.

    `exact`, where given, are the words the person had in front of them: the passage is refused when others stand
    there. `language` is the capture's unless said; `translation` has the passage in other languages.
    """
    _require(actor, case)
    capture = _locked(capture_id)
    return _standing(case, capture, start, end) or _write(actor, case, capture, start, end, **told)


def _require(actor: User, case: Case) -> None:
    permits.require(actor, "excerpt.create", case)


def _locked(capture_id: UUID) -> Capture:
    """Locked, so that two people who mark the same passage at once make one excerpt."""
    return Capture.objects.select_for_update(of=("self",), no_key=True).select_related("source").get(pk=capture_id)


def _standing(case: Case, capture: Capture, start: int, end: int) -> Excerpt | None:
    return Excerpt.objects.filter(case=case, capture=capture, start=start, end=end).first()


def _write(
    actor: User,
    case: Case,
    capture: Capture,
    start: int,
    end: int,
    exact: str = "",
    language: str = "",
    translation: dict[str, str] | None = None,
) -> Excerpt:
    quote, position = _passage(_text(case, capture), start, end)
    if exact and exact != quote.exact:
        raise ValidationError(_("Other words stand there in the captured text. Select the passage again."))
    excerpt = Excerpt(
        case=case,
        capture=capture,
        source=capture.source,
        exact=quote.exact,
        prefix=quote.prefix,
        suffix=quote.suffix,
        start=position.start,
        end=position.end,
        text_digest=capture.text_digest,
        language=language or language_tag(capture.language) or case.language,
        translation=translation or {},
        created_by=actor,
    )
    excerpt.full_clean(validate_unique=False, validate_constraints=False)
    excerpt.save()
    return excerpt


def _text(case: Case, capture: Capture) -> str:
    """The captured text. Refuses one of another case, one that is not there, and one that is not what was captured."""
    if capture.case_id not in (None, case.pk):
        raise Capture.DoesNotExist
    text = CapturedText.objects.filter(pk=capture.pk).values_list("text", flat=True).first()
    if not (text and capture.is_kept):
        raise ValidationError(_("This capture holds no text, so there is no passage to mark."))
    if digest_of(text.encode()) != capture.text_digest:
        raise ValidationError(_("The text kept here is not the one that was captured. Tell whoever runs this desk."))
    return text


def _passage(text: str, start: int, end: int) -> tuple[TextQuoteSelector, TextPositionSelector]:
    if end - start > QUOTATION:
        words = _("A passage has at most %(limit)d characters. Select less.")
        raise ValidationError(words, params={"limit": QUOTATION})
    try:
        return select(text, start, end)
    except ValueError as nowhere:
        raise ValidationError(_("There is no such passage in the captured text. Select it again.")) from nowhere
