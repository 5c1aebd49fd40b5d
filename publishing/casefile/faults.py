"""What is wrong with a case file, each fault at the JSON path of what it is about: `$.claims[1].hops[0].source`."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

Path = tuple[str | int, ...]

MOST_TOLD = 20
_plain = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,60}")


@dataclass(frozen=True, slots=True)
class Fault:
    path: Path
    sentence: str

    def __str__(self) -> str:
        return f"{written(self.path)}: {self.sentence}"


class CaseFileRefused(Exception):
    """Nothing of the file was taken in. `str()` has a line for each fault, up to `MOST_TOLD` of them."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(self.faults)

    def __str__(self) -> str:
        lines = [str(fault) for fault in self.faults[:MOST_TOLD]]
        if (more := len(self.faults) - MOST_TOLD) > 0:
            lines.append(_("and %(more)d more.") % {"more": more})
        return "\n".join(lines)


def written(path: Path) -> str:
    parts = [f"[{part}]" if isinstance(part, int) else _member(part) for part in path]
    return "$" + "".join(parts)


def shown(value: object, longest: int = 60) -> str:
    """A value of the file as a message may repeat it: nothing hidden in it acts on who reads it."""
    text = ascii(value)[1:-1] if isinstance(value, str) and not value.isprintable() else str(value)
    return text if len(text) <= longest else f"{text[:longest]}…"


def _member(name: str) -> str:
    return f".{name}" if _plain.fullmatch(name) else f'["{shown(name)}"]'
