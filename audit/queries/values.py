"""One field before and after, as somebody reads it: labels for choices, names for numbers, words compared for texts."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache, cached_property
from typing import Any

from django.db import models
from django.utils.formats import date_format
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from audit import telling
from audit.domain.worddiff import Change, Piece, diff, folded, shortened
from audit.impossible import in_words, is_possible
from audit.queries.names import Names
from audit.queries.versions import Step

LONGEST = 80
"""Words of one stretch that are shown before the rest is folded away."""
LONG_ENOUGH_FOR_WORDS = 200
"""A column of so many characters holds words; shorter ones hold a code or a name of one word."""


@dataclass(frozen=True)
class FieldChange:
    """`before` and `after`, in words, "" for nothing; or, where it `is_text`, what was written.

    Of a text, `pieces` is the word diff, folded, and `whole` all of it where something was folded; both are taken when
    they are asked for. `language` is its tag where it is known. `is_sentence`: the words are sentences of ours, as
    markup.
    """

    label: str
    before: str | SafeString = ""
    after: str | SafeString = ""
    is_sentence: bool = False
    is_text: bool = False
    language: str = ""

    @cached_property
    def pieces(self) -> tuple[Piece, ...]:
        """What came into being is shown as it is, what was changed as a word diff."""
        pieces = folded(self._compared) if self.before else self._compared
        return tuple(part for piece in pieces for part in _short(piece))

    @property
    def whole(self) -> tuple[Piece, ...]:
        is_folded = any(piece.change is Change.FOLDED for piece in self.pieces)
        return tuple(self._compared) if is_folded else ()

    @cached_property
    def _compared(self) -> list[Piece]:
        if not self.is_text:
            return []
        return diff(self.before, self.after) if self.before else [Piece(Change.KEPT, self.after)]


def compared(field: Any, old: Any, new: Any, step: Step, names: Names, said: str) -> Iterator[FieldChange]:
    """What `step` made of `field`, which was `old`. What the act gave as its reason is `said`."""
    label = _label(field, names.language)
    if isinstance(field, models.JSONField):
        yield from _translations(label, _loaded(old), _loaded(new), telling.reader_of(field) or str)
    elif (
        (step.before is None and new is False)
        or (not _says_something(old) and not _says_something(new))
        or (said and new == said)
    ):
        return
    elif is_text(field):
        source = telling.rows_of(step.model).written_in.get(field.name)
        language = getattr(step.after or step.before, source) if source else ""
        yield FieldChange(label, str(old or ""), str(new or ""), is_text=True, language=language)
    else:
        yield FieldChange(label, _in_words(field, old, names), _in_words(field, new, names))


def _translations(label: str, old: Any, new: Any, language_name: Any) -> Iterator[FieldChange]:
    """Texts by language, each told by itself; anything else in JSON is no text for a reader."""
    if not (isinstance(old, dict) and isinstance(new, dict)):
        return
    for tag in {**old, **new}:
        before, after = old.get(tag, ""), new.get(tag, "")
        if before != after and isinstance(before, str) and isinstance(after, str):
            named = _("%(label)s (%(language)s)") % {"label": label, "language": language_name(tag)}
            yield FieldChange(named, before, after, is_text=True, language=tag)


def _loaded(value: Any) -> Any:
    """Out of the history it comes as text."""
    return (json.loads(value) if isinstance(value, str) else value) or {}


def _in_words(field: Any, value: Any, names: Names) -> str:
    if not _says_something(value):
        return ""
    if field.is_relation:
        return names[field.related_model, value]
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if field.choices:
        return _choices(field, names.language).get(value) or str(value)
    if isinstance(value, date) and not is_possible(value):
        return in_words(value)
    if isinstance(value, datetime):
        return date_format(localtime(value), "DATETIME_FORMAT")
    read = telling.reader_of(field)
    return str(read(value) if read else value)


@cache
def _choices(field: Any, language: str | None) -> dict[Any, str]:
    """What each choice is called in the active language, which is `language`."""
    return {value: str(label) for value, label in field.flatchoices}


@cache
def is_text(field: Any) -> bool:
    """It holds words, which are compared one by one."""
    is_long = isinstance(field, models.TextField) or (field.max_length or 0) >= LONG_ENOUGH_FOR_WORDS
    return is_long and not field.choices and telling.reader_of(field) is None


def _says_something(value: Any) -> bool:
    return value is not None and value != ""


def _short(piece: Piece) -> list[Piece]:
    return [piece] if piece.change is Change.FOLDED else shortened(piece, LONGEST)


@cache
def _label(field: Any, language: str | None) -> str:
    """What it is called in the active language, which is `language`."""
    label = str(field.verbose_name)
    return label[:1].upper() + label[1:]
