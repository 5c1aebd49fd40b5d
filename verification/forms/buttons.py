"""What the buttons of the chain form do to the steps that were sent.

Every button is a submit of the whole form with its own `do`:

    save              write it
    show              look again: search, read the chain out (also what Enter does, so that it never saves by accident)
    add               one more step
    remove-2, up-2, down-2
    record-17         put in the step that derivation 17 has on record

All but `save` come back with what was typed, in its new order.
"""

from typing import Any

from django import forms
from django.http import QueryDict

from verification.domain.chains import LONGEST
from verification.models import HopKind

COUNT = "hops"
MOST_READ = LONGEST + 8

Row = dict[str, Any]
Focus = tuple[int, str]
"""A step, counted from 1, and the part of it that takes the focus; step 0 is the form around them."""


def pressed(data: QueryDict) -> tuple[str, int]:
    """The button and its number, 0 where it has none."""
    do, _dash, number = data.get("do", "show").partition("-")
    return do, int(number) if number.isascii() and number.isdigit() and len(number) < 10 else 0


def count(data: QueryDict) -> int:
    """How many steps were sent. A few beyond the limit are still read, so that they can be refused."""
    typed = data.get(COUNT, "")
    return min(int(typed), MOST_READ) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0


def row(form: type[forms.Form], data: QueryDict, prefix: str) -> Row:
    """What was typed into a form, as the initial values of another."""
    return {name: data[prefix + name] for name in form.base_fields if prefix + name in data}


def rearranged(do: str, place: int, rows: list[Row]) -> tuple[Focus, list[Row]]:
    """The steps after `do` to the one at `place`, and what takes the focus then."""
    if do == "add" and len(rows) < LONGEST:
        return (len(rows) + 1, "q"), [*rows, {"how": HopKind.QUOTES}]
    if not 0 < place <= len(rows):
        return (0, ""), rows
    moved = [*rows[: place - 1], *rows[place:]]
    if do == "remove":
        return (min(place, len(moved)), "remove" if moved else "add"), moved
    to = place + {"up": -1, "down": 1}.get(do, 0)
    if to == place or not 0 < to <= len(rows):
        return (0, ""), rows
    moved.insert(to - 1, rows[place - 1])
    # A step that arrived at an end cannot go on: its other button takes the focus.
    part = "down" if to == 1 else "up" if to == len(rows) else do
    return (to, part), moved
