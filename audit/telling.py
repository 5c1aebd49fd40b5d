"""How the record is told: each room says what its acts are called and how its tracked models are shown.

    telling.acts(Evidence, {"evidence.withdraw": _("%(who)s withdrew evidence %(what)s")})
    telling.rows(Evidence, of="claim", hidden=("added_by", "added_at"))

`audit` knows no room. A room's lines stand in its `wording/acts.py` and are read when the app is ready; a test fails
on an act without words and on a tracked model nobody tells.
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.db import models
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from audit.models import Act

Words: TypeAlias = str | Promise
Model: TypeAlias = type[models.Model]


@dataclass(frozen=True)
class Rows:
    """How rows of one model are told.

    `of` is the foreign key to the thing its rows are part of (a hop is part of its evidence). `named_by` are fields
    that name a row which has no name of its own (an assignment by its person). `hidden` fields are no facts, or said
    by the act anyway. `name` and `page` give the name and the address of an object. `written_in` names, for a field
    with a text, the field that says its language. `composed` tells what only several rows together say, and models
    with `within` are told by nothing else. `no_longer_shown` names, for an object as it is now, the fields that its
    history keeps and no page shows any more. `known_of` takes versions and a reader and gives back those that the
    reader may know of, where that is not all of an object that they know.
    """

    model: Model
    of: str = ""
    named_by: tuple[str, ...] = ()
    hidden: frozenset[str] = frozenset()
    name: Callable[[Any], str] = str
    page: Callable[[Any], str] | None = None
    written_in: Mapping[str, str] = field(default_factory=dict)
    composed: "Composed | None" = None
    within: bool = False
    no_longer_shown: Callable[[Any], Collection[str]] | None = None
    known_of: Callable[[Collection[Any], Any], Collection[Any]] | None = None


@dataclass(frozen=True)
class Composition:
    """A part of an object that stands in several rows, before and after an act, as sentences."""

    label: str
    before: SafeString
    after: SafeString


# From pairs of act and object to what each act made of it.
Composed: TypeAlias = Callable[[Collection[tuple[int, Any]]], Mapping[tuple[int, Any], Composition]]


@dataclass(frozen=True)
class _Sentence:
    words: Words
    about: Model | None


_reference = re.compile(r"[A-Z]-\d+")
_placeholders = re.compile(r"%\((who|what)\)s")
_sentences: dict[str, _Sentence] = {}
_rows: dict[Model, Rows] = {}
_values: dict[type[models.Field], Callable[[Any], Any]] = {}
_systems: dict[str, Words] = {}
_marks: dict[str, Words] = {}


def acts(about: Model | None, sentences: Mapping[str, Words]) -> None:
    """What was done, with `%(who)s` and, where a sentence names it, `%(what)s`: the object of `about`."""
    for name, words in sentences.items():
        if name in _sentences:
            raise ValueError(f"{name} is put into words twice.")
        _sentences[name] = _Sentence(words, about)


def rows(model: Model, *, hidden: Collection[str] = (), **told: Any) -> None:
    """What `Rows` takes."""
    _rows[model] = Rows(model, hidden=frozenset(hidden), **told)


def values(kind: type[models.Field], read: Callable[[Any], Any]) -> None:
    """How a value of this kind of field is read out, or the key of a text where it holds several.

    Texts of other kinds are compared word by word.
    """
    _values[kind] = read


def systems(names: Mapping[str, Words]) -> None:
    """What the parts of the system that act by themselves are called."""
    _systems.update(names)


def known_systems() -> dict[str, Words]:
    """What each of them is called, by the name in `Act.actor_name`."""
    return dict(_systems)


def marks(words: Mapping[str, Words]) -> None:
    """The word that marks the moment of an act among all others: "Ruled", "Published"."""
    _marks.update(words)


def mark_of(act: Act) -> Words:
    return _marks.get(act.name, "")


def known_acts() -> dict[str, Words]:
    """The sentence of every act that has one."""
    return {name: each.words for name, each in _sentences.items()}


def known_models() -> list[Model]:
    return list(_rows)


def rows_of(model: Model) -> Rows:
    return _rows[model]


def reader_of(one: Any) -> Callable[[Any], Any] | None:
    """What reads out values of this field, where its room said how."""
    return next((_values[kind] for kind in type(one).__mro__ if kind in _values), None)


def about(act: Act) -> Model | None:
    """The model of what `act` was done to, where its sentence names it."""
    return about_named(act.name)


def about_named(name: str) -> Model | None:
    return _sentences[name].about if name in _sentences else None


def who(act: Act) -> str:
    """The actor's name, or what that part of the system is called.

    It is the name they had then, which the ledger holds; once their account is closed, the pseudonym it left.
    """
    if act.actor is None:
        return str(_systems.get(act.actor_name, act.actor_name))
    return str(act.actor.name) if act.actor.is_closed else act.actor_name


def origin(act: Act) -> Words:
    """Where the act came in."""
    kind, _space, name = act.origin.partition(" ")
    match kind:
        case "page":
            return _("on a page")
        case "command":
            return _("by the command %(name)s") % {"name": name}
        case "task":
            return _("by a background task")
        case _:
            return ""


def act_sentence(act: Act, what: str | SafeString = "") -> SafeString:
    """`act` in the active language, names kept apart from the words around them: "Amal withdrew evidence E-000012".

    `what` is the name of what it was done to (`audit.queries.feed` finds it). An act nobody has put into words is
    shown under its own name rather than left out.
    """
    values = {"who": _isolated(who(act)), "what": _isolated(what)}
    return format_html(_placeholders.sub(r"{\1}", _words(act)), **values)


def act_in_words(act: Act, what: str = "") -> str:
    """The same without markup, for a file."""
    values = {"who": who(act), "what": what}
    return _placeholders.sub(lambda found: str(values[found[1]]), _words(act))


def _words(act: Act) -> str:
    sentence = _sentences.get(act.name)
    return str(sentence.words) if sentence else f"%(who)s: {act.name}"


def _isolated(name: str | SafeString) -> SafeString:
    """A reference stays on one line: broken at its hyphen it reads as two things."""
    if not name:
        return SafeString("")
    return format_html('<bdi class="ref">{}</bdi>' if _reference.fullmatch(name) else "<bdi>{}</bdi>", name)
