"""A chain as a sentence: "Read in the Arabic rendering, which translates Middle East Eye, which quotes an officer, who
witnessed it."

Each step is a sentence of its own that takes up the one before as `%(chain)s`, so that a language puts its words where
it wants them. Persons are "who", things are "which", in languages that tell them apart; nobody is "he". The part of an
end between asterisks is set strong. Names stand for themselves in the reader's language where one is on record.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from verification.domain.chains import LONGEST, Chain, Fault, Flaw, Party

Words: TypeAlias = str | Promise

_PEOPLE = frozenset({"PERSON"})

# Translators: how the desk has the account. Arabic may stay with verbal nouns throughout (قرأناه في ...، ترجمةً عن ...،
# نقلاً عن ...، عن مشاهدة مباشرة), which need no gender of the source.
_READ: Words = _("Read in %(source)s")
_HEARD_FROM: Words = _("Heard from %(source)s")
_OPENINGS: Mapping[str, Words] = {
    "PERSON": _HEARD_FROM,
    "ORGANISATION": _HEARD_FROM,
    "IMAGE": _("Seen in %(source)s"),
    "VIDEO": _("Seen in %(source)s"),
    "AUDIO": _("Heard in %(source)s"),
    "DATASET": _("Found in %(source)s"),
}
_STEPS: Mapping[str, tuple[Words, Words]] = {
    "QUOTES": (_("%(chain)s, who quotes %(source)s"), _("%(chain)s, which quotes %(source)s")),
    "TOLD_BY": (_("%(chain)s, who was told by %(source)s"), _("%(chain)s, which was told by %(source)s")),
    "TRANSLATES": (_("%(chain)s, who translates %(source)s"), _("%(chain)s, which translates %(source)s")),
    "REPUBLISHES": (_("%(chain)s, who repeats %(source)s"), _("%(chain)s, which republishes %(source)s")),
    "SUMMARISES": (_("%(chain)s, who summarises %(source)s"), _("%(chain)s, which summarises %(source)s")),
    "CITES": (_("%(chain)s, who cites %(source)s"), _("%(chain)s, which cites %(source)s")),
}
# Translators: said after a step in which the carrier was checked against what it carries.
_VERIFIED: Words = _("%(chain)s (checked against it)")
# Translators: the words between asterisks are set in bold.
_ENDS: Mapping[str, tuple[Words, Words]] = {
    "WITNESSED": (_("%(chain)s, who *witnessed it*."), _("%(chain)s, which *witnessed it*.")),
    "RECORDED": (_("%(chain)s, who *recorded it*."), _("%(chain)s, which *recorded it*.")),
    "AUTHORED": (_("%(chain)s. *These are their own words.*"), _("%(chain)s. *Its own words.*")),
    "TOLD": (
        _("%(chain)s, who *was told; by whom is not said*."),
        _("%(chain)s, which *was told; by whom is not said*."),
    ),
    "INFERRED": (_("%(chain)s, who *inferred it*."), _("%(chain)s, which *inferred it*.")),
    "UNKNOWN": (
        _("%(chain)s. *How this person knows is not said.*"),
        _("%(chain)s. *How this source knows is not said.*"),
    ),
}
_UNSAID: Words = _("%(chain)s.")
_NOBODY_YET = "…"

_FLAWS: Mapping[Flaw, Words] = {
    Flaw.NAMES_ITS_CARRIER: _(
        "Step %(position)s names the carrier of this evidence itself. Name who stands behind it, or remove the step."
    ),
    Flaw.LOOPS: _(
        "Step %(position)s names the same source as step %(before)s: the chain goes round. Remove one of the two."
    ),
    Flaw.TOO_LONG: _("A chain has at most %(limit)s steps. Record works that rely on works as derivations instead."),
}


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the sentence: plain words, or the name of `source`. `strong` at the end, where it is decided."""

    text: str
    source: Party | None = None
    strong: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """`str()` is the plain text, for JSON and the command line; `html` links the names and isolates them."""

    pieces: tuple[Piece, ...]

    def __str__(self) -> str:
        return "".join(piece.text for piece in self.pieces)

    @property
    def html(self) -> SafeString:
        return format_html_join("", "{}", ((_printed(piece),) for piece in self.pieces))


def chain_sentence(chain: Chain) -> Sentence:
    """The chain read out from the desk upwards, in the active language."""
    pieces = _fill(_OPENINGS.get(chain.carrier.kind, _READ), (), chain.carrier)
    lower = chain.carrier
    for hop in chain.hops:
        pieces = _fill(_STEPS[hop.kind][_thing(lower)], pieces, hop.source)
        if hop.verified_relay:
            pieces = _fill(_VERIFIED, pieces)
        lower = hop.source
    end = _ENDS[chain.basis][_thing(lower)] if chain.basis else _UNSAID
    return Sentence(tuple(_fill(end, pieces)))


def fault_sentence(fault: Fault) -> str:
    values = {"position": fault.position, "before": fault.before, "limit": LONGEST}
    return str(_FLAWS[fault.flaw]) % values


def _thing(party: Party) -> bool:
    return party.kind not in _PEOPLE


_marks = re.compile(r"(%\(chain\)s|%\(source\)s|\*)")


def _fill(words: Words, chain: tuple[Piece, ...], source: Party | None = None) -> tuple[Piece, ...]:
    return tuple(_filled(str(words), chain, source))


def _filled(words: str, chain: tuple[Piece, ...], source: Party | None) -> Iterator[Piece]:
    strong = False
    for part in _marks.split(words):
        if part == "*":
            strong = not strong
        elif part == "%(chain)s":
            yield from chain
        elif part == "%(source)s" and source is not None:
            yield Piece(source.name or _NOBODY_YET, source, strong)
        elif part:
            yield Piece(part, strong=strong)


def _printed(piece: Piece) -> str | SafeString:
    if piece.source is not None:
        name = format_html('<a href="{}"><bdi>{}</bdi></a>', piece.source.href, piece.text)
        return name if piece.source.href else format_html("<bdi>{}</bdi>", piece.text)
    return format_html("<strong>{}</strong>", piece.text) if piece.strong else piece.text
