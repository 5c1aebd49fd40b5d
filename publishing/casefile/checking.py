"""Whether a document is a case file: its form, by the schema, and that every key in it leads somewhere."""

import json
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError as SchemaError

from newsroom.domain import text
from publishing.casefile.faults import CaseFileRefused, Fault, Path, shown

FORMAT = "isnad-case/1"


@cache
def schema() -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(files("publishing.casefile").joinpath("schema.json").read_text("utf-8"))
    return loaded


def check(document: dict[str, Any]) -> None:
    """Raises CaseFileRefused with everything that can be seen in the document alone."""
    if document.get("format", FORMAT) != FORMAT:
        message = _("This is not the format “%(format)s”, the only one that is read here.") % {"format": FORMAT}
        raise CaseFileRefused([Fault(("format",), message)])
    faults = [fault for error in Draft202012Validator(schema()).iter_errors(document) for fault in _told(error)]
    if not faults:
        faults = [*_keys(document), *_dangling(document)]
    if faults:
        raise CaseFileRefused(faults)


def _told(error: SchemaError) -> Iterator[Fault]:
    """What the schema's refusal means to who wrote the file."""
    path: Path = tuple(error.absolute_path)
    value, wanted = error.instance, error.validator_value
    match error.validator:
        case "additionalProperties":
            known = ", ".join(error.schema["properties"])
            for name in value:
                if name not in error.schema["properties"]:
                    message = _("The key “%(name)s” is unknown. Known here are: %(known)s.")
                    yield Fault((*path, name), message % {"name": shown(name), "known": known})
        case "required":
            # The schema reports each missing key by itself, and names it in its message only.
            name = next(each for each in wanted if each not in value and repr(each) in error.message)
            yield Fault(path, _("The key “%(name)s” is missing. Add it.") % {"name": name})
        case "type":
            said = {"found": _called(value), "wanted": _TYPES[str(wanted)]()}
            yield Fault(path, _("Here is %(found)s where %(wanted)s is expected.") % said)
        case "enum" | "const":
            choices = wanted if isinstance(wanted, list) else [wanted]
            said = {"found": _called(value), "choices": ", ".join(map(str, choices))}
            yield Fault(path, _("%(found)s cannot stand here. Write one of: %(choices)s.") % said)
        case "minLength":
            yield Fault(path, _("This is empty. Write something, or leave the key out."))
        case "maxLength":
            size = {"length": len(value), "most": wanted}
            yield Fault(path, _("The text has %(length)d characters; at most %(most)d can be kept. Shorten it.") % size)
        case "pattern" if path[-1:] == ("slug",):
            message = _("“%(slug)s” is no short name. Use the letters a to z, digits, hyphens and underscores.")
            yield Fault(path, message % {"slug": shown(value)})
        case "minimum" | "maximum":
            ends = {"least": error.schema["minimum"], "most": error.schema["maximum"]}
            yield Fault(path, _("Write a whole number from %(least)d to %(most)d.") % ends)
        case "maxItems" | "maxProperties":
            count = {"found": len(value), "most": wanted}
            yield Fault(path, _("There are %(found)d here; at most %(most)d can be kept.") % count)
        case _:
            yield Fault(path, _("This is not written as the format says. See publishing/casefile/schema.json."))


_TYPES = {
    "object": lambda: _("an object"),
    "array": lambda: _("a list"),
    "string": lambda: _("a text"),
    "boolean": lambda: _("true or false"),
    "integer": lambda: _("a whole number"),
}


def _called(value: Any) -> str:
    if value is None:
        return "null"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return _("the text “%(text)s”") % {"text": shown(value)}
    if isinstance(value, int | float):
        return _("the number %(number)s") % {"number": shown(value)}
    return _TYPES["array" if isinstance(value, list) else "object"]()


def _keys(document: dict[str, Any]) -> Iterator[Fault]:
    """Keys that are no names, and keys that two things have."""
    yield from _told_apart((), "sources", document)
    yield from _told_apart((), "claims", document)
    for number, claim in enumerate(document.get("claims", [])):
        yield from _told_apart(("claims", number), "evidence", claim)


def _told_apart(path: Path, name: str, holder: dict[str, Any]) -> Iterator[Fault]:
    first_at: dict[str, int] = {}
    for number, each in enumerate(holder.get(name, [])):
        key, at = each["key"], (*path, name, number, "key")
        if not _is_name(key):
            message = _("“%(key)s” is no key: no spaces around it or doubled in it, and no hidden characters.")
            yield Fault(at, message % {"key": shown(key)})
        elif (before := first_at.setdefault(key, number)) != number:
            message = _("The key “%(key)s” is taken by number %(before)d of this list. Choose another one.")
            yield Fault(at, message % {"key": shown(key), "before": before})


def _is_name(key: str) -> bool:
    try:
        return text.name(key) == key
    except text.TextRefused:
        return False


def _dangling(document: dict[str, Any]) -> Iterator[Fault]:
    known = {source["key"] for source in document.get("sources", [])}
    for path, key in _named(document):
        if key not in known:
            message = _("No source of this file has the key “%(key)s”. Add it to “sources”, or correct the key.")
            yield Fault(path, message % {"key": shown(key)})
    for number, source in enumerate(document.get("sources", [])):
        for place, name in enumerate(source.get("controllers", [])):
            if not _is_name(name):
                message = _("“%(name)s” is neither a key nor a name. Write it without hidden characters.")
                yield Fault(("sources", number, "controllers", place), message % {"name": shown(name)})
    yield from _round(document)


def _named(document: dict[str, Any]) -> Iterable[tuple[Path, str]]:
    """Every place that names a source by its key, except controllers, which may be plain names."""
    for number, source in enumerate(document.get("sources", [])):
        if source.get("publisher"):
            yield ("sources", number, "publisher"), source["publisher"]
    for number, derivation in enumerate(document.get("derivations", [])):
        for end in ("downstream", "upstream"):
            yield ("derivations", number, end), derivation[end]
    for number, claim in enumerate(document.get("claims", [])):
        if claim.get("claimant"):
            yield ("claims", number, "claimant"), claim["claimant"]
        for place, evidence in enumerate(claim.get("evidence", [])):
            at = ("claims", number, "evidence", place)
            yield (*at, "source"), evidence["source"]
            for position, hop in enumerate(evidence.get("hops", [])):
                yield (*at, "hops", position, "source"), hop["source"]


def _round(document: dict[str, Any]) -> Iterator[Fault]:
    """Publishers that publish themselves, in the end: of these none could be registered first."""
    sources = document.get("sources", [])
    publisher = {source["key"]: source.get("publisher") for source in sources}
    at = {source["key"]: number for number, source in enumerate(sources)}
    settled: set[str] = set()
    for first in publisher:
        passed: set[str] = set()
        key: str | None = first
        while key and key not in settled and key not in passed:
            passed.add(key)
            key = publisher.get(key)
        if key in passed:
            message = _("The publishers lead back to “%(key)s”, which would publish itself. Leave one of them out.")
            yield Fault(("sources", at[key], "publisher"), message % {"key": shown(key)})
        settled |= passed
