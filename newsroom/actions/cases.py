"""Open, edit and staff a case."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from audit.acts import act
from newsroom import permits, versions
from newsroom.models import Case, Membership, Preset, Role, User, VerificationPolicy, policy_from

# cases/new/ is a page of its own.
TAKEN_BY_PAGES = {"new"}


def create(
    *,
    actor: User,
    slug: str,
    title: str,
    language: str,
    preset: str = Preset.STANDARD,
    restricted: bool = False,
) -> Case:
    """A case with its policy. Who opens a restricted case is its first member, or nobody could see it."""
    permits.require(actor, "case.create")
    with act("case.create", actor=actor) as done:
        case = write(actor=actor, slug=slug, title=title, language=language, preset=preset, restricted=restricted)
        done.case = case
    return case


def write(*, actor: User, slug: str, title: str, language: str, preset: str, restricted: bool) -> Case:
    """The rows of a new case, inside an act that is under way."""
    case = Case(slug=slug, title=title, language=language, restricted=restricted, created_by=actor)
    case.full_clean(exclude=["search_key"])
    if case.slug in TAKEN_BY_PAGES:
        raise ValidationError({"slug": _("This short name is taken. Choose another.")})
    case.save()
    policy_from(preset, case).save()
    if restricted:
        Membership.objects.create(case=case, user=actor, role=actor.role)
    return case


def edit(*, actor: User, case_id: int, version: int, title: str, language: str, restricted: bool) -> Case:
    with act("case.edit", actor=actor) as done:
        case = Case.objects.select_for_update().get(pk=case_id)
        permits.require(actor, "case.edit", case)
        versions.check(case, version)
        case.title, case.language, case.restricted = title, language, restricted
        case.version += 1
        case.full_clean(exclude=["search_key"])
        case.save()
        if restricted and not case.memberships.filter(user=actor).exists():
            Membership.objects.create(case=case, user=actor, role=actor.role)
        done.case = case
    return case


def set_policy(*, actor: User, case_id: int, preset: str, asks: dict[str, Any]) -> VerificationPolicy:
    """Change what the case asks for; `asks` holds the policy's fields by name. Rulings already made stay."""
    with act("case.policy", actor=actor) as done:
        case = Case.objects.select_for_update().get(pk=case_id)
        permits.require(actor, "case.edit", case)
        policy = case.policy
        policy.preset = preset
        for name, value in asks.items():
            setattr(policy, name, value)
        policy.full_clean()
        policy.save()
        done.case = case
    return policy


def add_member(*, actor: User, case_id: int, user_id: int, role: str) -> Membership:
    """Make somebody a member, or change the role they have here."""
    with act("case.members", actor=actor) as done:
        case = Case.objects.select_for_update().get(pk=case_id)
        permits.require(actor, "case.members", case)
        user = User.objects.active().get(pk=user_id)
        membership = case.memberships.filter(user=user).first() or Membership(case=case, user=user)
        membership.role = min(Role(role), Role(user.role), key=lambda each: each.rank)
        membership.full_clean()
        membership.save()
        done.case = case
    return membership


def remove_member(*, actor: User, case_id: int, user_id: int) -> None:
    """The last editor of a restricted case stays: somebody must be able to see and open it."""
    with act("case.members", actor=actor) as done:
        case = Case.objects.select_for_update().get(pk=case_id)
        permits.require(actor, "case.members", case)
        membership = case.memberships.get(user_id=user_id)
        _keep_an_editor(case, membership)
        membership.delete()
        done.case = case


def _keep_an_editor(case: Case, leaving: Membership) -> None:
    others = [each for each in case.memberships.exclude(pk=leaving.pk) if Role(each.role).includes(Role.EDITOR)]
    if case.restricted and not others:
        raise permits.Denied(_("A restricted case keeps at least one editor. Make somebody else an editor first."))
