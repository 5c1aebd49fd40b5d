"""Who may do what: a table a journalist could read, and a refusal that carries the sentence to show.

Each room keeps its rows in its `permissions.py`:

    permits.table({
        "claim.rule": [in_the_case_as(Role.EDITOR), gathered_none_of_it],
    })

A row names an act and the conditions that must all hold, in the order in which they are told to the person.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext_lazy as _

from newsroom.models import Case, Role, User


class Denied(PermissionDenied):
    """Refused, with the sentence to show to the person, in their language."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


class InCase(Protocol):
    """Anything that belongs to a case, or to the newsroom as a whole when `case` is None."""

    case: Case | None


@dataclass(frozen=True)
class Condition:
    """`holds(actor, thing)`, and what to say to whom it does not hold for."""

    holds: Callable[[User, Any], bool]
    sentence: Any


_rows: dict[str, tuple[Condition, ...]] = {}


def table(rows: dict[str, Iterable[Condition]]) -> None:
    """Add a room's rows. An act has one row."""
    for name, conditions in rows.items():
        if name in _rows:
            raise ValueError(f"{name} stands in the permission table twice.")
        _rows[name] = tuple(conditions)


def known_acts() -> frozenset[str]:
    return frozenset(_rows)


def refusal(actor: User, name: str, thing: Any = None) -> str | None:
    """The sentence that refuses `actor` the act `name` on `thing`, or None when it is allowed."""
    return next((str(each.sentence) for each in _rows[name] if not each.holds(actor, thing)), None)


def allows(actor: User, name: str, thing: Any = None) -> bool:
    return refusal(actor, name, thing) is None


def require(actor: User | str, name: str, thing: Any = None) -> None:
    """Raise `Denied` unless `actor` may do `name` to `thing`. The system itself (a name, not a person) may."""
    if isinstance(actor, str):
        return
    if (sentence := refusal(actor, name, thing)) is not None:
        raise Denied(sentence)


def case_of(thing: Any) -> Case | None:
    return thing if thing is None or isinstance(thing, Case) else thing.case


def in_the_case_as(least: Role) -> Condition:
    """At least this role in the thing's case; newsroom-wide where it belongs to none."""

    def holds(actor: User, thing: Any) -> bool:
        case = case_of(thing)
        if case is None:
            return actor.is_active and Role(actor.role).includes(least)
        role = case.role_of(actor)
        return role is not None and role.includes(least)

    return Condition(holds, _ROLE_SENTENCES[least])


def in_the_newsroom_as(least: Role) -> Condition:
    sentence = _NEWSROOM_SENTENCES.get(least, _ROLE_SENTENCES[least])
    return Condition(lambda actor, thing: actor.is_active and Role(actor.role).includes(least), sentence)


_ROLE_SENTENCES = {
    Role.OBSERVER: _("You are not a member of this case."),
    Role.RESEARCHER: _("You may read here, but not add or change anything: that takes a researcher."),
    Role.REVIEWER: _("Reviewing takes a reviewer."),
    Role.EDITOR: _("That takes an editor of this case."),
    Role.ADMIN: _("That takes an administrator."),
}
# Where no case is concerned, none is spoken of.
_NEWSROOM_SENTENCES = {
    Role.EDITOR: _("Your role on this desk does not include it. Nothing was changed."),
}
