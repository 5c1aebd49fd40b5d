"""Register, correct and share sources."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits, versions
from newsroom.models import Case, User
from sources.actions.reasons import clean_reason
from sources.models import Source

DERIVED = ("search_key", "canonical_url")


def create(*, actor: User, case_id: int | None, publisher_id: int | None = None, **facts: Any) -> Source:
    """A source of one case, or of the newsroom where `case_id` is None. `facts` are those of `write`."""
    with act("source.create", actor=actor) as done:
        done.case = case = None if case_id is None else Case.objects.get(pk=case_id)
        return write(actor=actor, case=case, publisher_id=publisher_id, **facts)


def write(
    *,
    actor: User,
    case: Case | None,
    kind: str,
    name: str,
    language: str = "ar",
    translations: dict[str, str] | None = None,
    protected: bool = False,
    publisher_id: int | None = None,
    url: str = "",
    published_at: str = "",
    note: str = "",
    key: str = "",
) -> Source:
    """The row of a new source, inside an act that is under way."""
    source = Source(case=case, created_by=actor, key=key, kind=kind, name=name, language=language)
    permits.require(actor, "source.create", source)
    source.translations = translations or {}
    source.protected, source.url, source.published_at, source.note = protected, url, published_at, note
    source.publisher = _publisher(actor, source, publisher_id)
    source.full_clean(exclude=DERIVED)
    source.save()
    return source


def edit(
    *,
    actor: User,
    source_id: int,
    version: int,
    kind: str,
    name: str,
    language: str,
    translations: dict[str, str],
    protected: bool,
    publisher_id: int | None,
    url: str,
    published_at: str,
    note: str,
) -> Source:
    """Raises `Stale` when somebody else changed it since `version`."""
    with act("source.edit", actor=actor) as done:
        source = Source.objects.locked().get(pk=source_id)
        permits.require(actor, "source.edit", source)
        versions.check(source, version)
        source.kind, source.name, source.language, source.translations = kind, name, language, translations
        source.protected, source.url, source.published_at, source.note = protected, url, published_at, note
        if publisher_id != source.publisher_id:
            source.publisher = _publisher(actor, source, publisher_id)
        source.version += 1
        source.full_clean(exclude=DERIVED)
        source.save()
        done.case = source.case
    return source


def share(*, actor: User, source_id: int, version: int, reason: str = "") -> Source:
    """Make a case's source the newsroom's: from then on everybody may see it, its grades and its name included.

    Out of a restricted case that takes a reason. The act stays in the record of the case it came from.
    """
    reason = clean_reason(reason, required=False)
    with act("source.share", actor=actor, reason=reason) as done:
        source = Source.objects.locked().get(pk=source_id)
        permits.require(actor, "source.share", source)
        versions.check(source, version)
        if source.case is None:
            raise ValidationError(_("This source belongs to the newsroom already."))
        if source.case.restricted and not reason:
            raise ValidationError(
                {"reason": _("The case is restricted, and everybody will see this source. Say why that is right.")}
            )
        if source.publisher and source.publisher.case_id is not None:
            raise ValidationError(_("Its publisher belongs to the case alone. Share the publisher first."))
        done.case, source.case = source.case, None
        source.version += 1
        source.full_clean(exclude=DERIVED)
        source.save()
    return source


def _publisher(actor: User, source: Source, publisher_id: int | None) -> Source | None:
    if publisher_id is None:
        return None
    if publisher_id == source.pk:
        raise ValidationError({"publisher": _("A source is not its own publisher.")})
    found = Source.objects.visible_to(actor).usable_in(source.case).filter(pk=publisher_id).first()
    if found is None:
        raise ValidationError({"publisher": _("Choose a publisher among the sources that can be used here.")})
    return found
