"""From bytes to a document, strictly: what two readers could take differently is refused, never guessed at."""

import json
import re
from pathlib import Path as FilePath
from typing import Any

from django.utils.translation import gettext as _

from publishing.casefile.faults import CaseFileRefused, Fault, Path, shown

MOST_BYTES = 64 * 1024 * 1024
DEEPEST = 32
LONGEST_NUMBER = 20

_surrogate = re.compile("[\ud800-\udfff]")


def read(file: FilePath) -> dict[str, Any]:
    """The JSON object in `file`. Raises CaseFileRefused, and OSError where there is nothing to read."""
    with file.open("rb") as opened:
        raw = opened.read(MOST_BYTES + 1)
    return parsed(raw)


def parsed(raw: bytes) -> dict[str, Any]:
    if len(raw) > MOST_BYTES:
        raise _refused(_("The file is larger than 64 MiB. Divide the case, and import one part after the other."))
    parser = _Parser()
    try:
        # A byte order mark is no part of JSON, and yet what some editors begin every file with.
        document = parser.decoder.decode(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        message = _("The file is not UTF-8: byte %(position)d cannot be read. Save it as UTF-8.")
        raise _refused(message % {"position": error.start + 1}) from error
    except json.JSONDecodeError as error:
        message = _("The file is not JSON. Line %(line)d, column %(column)d: %(what)s.")
        said = {"line": error.lineno, "column": error.colno, "what": error.msg.lower()}
        raise _refused(message % said) from error
    except RecursionError as error:
        raise _too_deep(()) from error
    except _NotANumber as error:
        message = _("“%(number)s” is no number that JSON has. Write a whole number, or leave the key out.")
        raise _refused(message % {"number": shown(error.args[0])}) from error
    if not isinstance(document, dict):
        raise _refused(_("The file holds no JSON object. Begin it with { and the key “format”."))
    parser.look_through(document)
    return document


class _NotANumber(Exception):
    pass


class _Parser:
    """Keeps what `json` forgets: which objects had a key twice."""

    def __init__(self) -> None:
        self.twice: dict[int, str] = {}
        self.decoder = json.JSONDecoder(
            object_pairs_hook=self._object, parse_constant=_no_number, parse_int=_whole_number
        )

    def _object(self, pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        made = dict(pairs)
        if len(made) < len(pairs):
            names = [name for name, _value in pairs]
            self.twice[id(made)] = next(name for name in names if names.count(name) > 1)
        return made

    def look_through(self, document: Any) -> None:
        """Refuse keys that stand twice, depth that nothing in the format has, and halves of characters."""
        faults: list[Fault] = []
        todo: list[tuple[Path, Any]] = [((), document)]
        while todo:
            path, value = todo.pop()
            if len(path) > DEEPEST:
                raise _too_deep(path)
            if isinstance(value, dict):
                if (name := self.twice.get(id(value))) is not None:
                    message = _("The key “%(name)s” stands here twice. Keep one of them.") % {"name": shown(name)}
                    faults.append(Fault(path, message))
                faults += [Fault((*path, name), _half()) for name in value if _surrogate.search(name)]
                todo += [((*path, name), inner) for name, inner in value.items()]
            elif isinstance(value, list):
                todo += [((*path, number), inner) for number, inner in enumerate(value)]
            elif isinstance(value, str) and _surrogate.search(value):
                faults.append(Fault(path, _half()))
        if faults:
            raise CaseFileRefused(faults)


def _refused(sentence: str) -> CaseFileRefused:
    return CaseFileRefused([Fault((), sentence)])


def _too_deep(path: Path) -> CaseFileRefused:
    message = _("The file is nested deeper than %(deepest)d levels, which nothing in a case file is.")
    return CaseFileRefused([Fault(path[:4], message % {"deepest": DEEPEST})])


def _half() -> str:
    return _("There is half a character here (a lone surrogate). Write the character again.")


def _no_number(constant: str) -> None:
    raise _NotANumber(constant)


def _whole_number(digits: str) -> int:
    if len(digits) > LONGEST_NUMBER:
        raise _NotANumber(digits)
    return int(digits)
