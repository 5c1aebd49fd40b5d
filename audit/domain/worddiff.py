"""What changed between two versions of a text, word by word, for a reader of Arabic or English.

Words that occur once on both sides are lined up first (the "patience" diff): they are what a reader would hold on to.
Between them small stretches are compared exactly, and large ones without any such word are taken as rewritten. That
keeps the time near linear whatever is compared: no two texts of 20,000 words take a second.
"""

import re
import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Final, NamedTuple

PAIRS_COMPARED_EXACTLY: Final = 1_000_000  # of words, in all: a fifth of a second
DEEPEST: Final = 32  # rounds of lining up within what lies between two words lined up
LENGTH_FOR_PARAGRAPHS_FIRST: Final = 20_000  # characters
WORDS_AROUND_A_CHANGE: Final = 12


class Change(StrEnum):
    KEPT = "kept"
    REMOVED = "removed"
    ADDED = "added"
    FOLDED = "folded"  # kept, and too long to be shown


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text. Kept and removed pieces make up the old text, kept and added ones the new."""

    change: Change
    text: str

    @property
    def words(self) -> int:
        return sum(map(_is_word, _tokens(self.text)))


class Match(NamedTuple):
    """``size`` equal tokens, beginning at ``old`` in the one and at ``new`` in the other."""

    old: int
    new: int
    size: int


def diff(old: str, new: str) -> list[Piece]:
    """The pieces in reading order; where something was replaced, the removed words stand before the added ones."""
    order = (Change.REMOVED, Change.ADDED, Change.KEPT)
    return [
        Piece(change, "".join(tokens))
        for run in _runs(_steps(old, new))
        for change, tokens in zip(order, run, strict=True)
        if tokens
    ]


def folded(pieces: Sequence[Piece], context: int = WORDS_AROUND_A_CHANGE) -> list[Piece]:
    """The same pieces, with each long kept stretch cut down to the words next to a change."""
    shown: list[Piece] = []
    for index, piece in enumerate(pieces):
        if piece.change is Change.KEPT:
            shown += _folded(piece, context if index else 0, context if index < len(pieces) - 1 else 0)
        else:
            shown.append(piece)
    return shown


def shortened(piece: Piece, words: int) -> list[Piece]:
    """The piece with what comes after so many words folded away."""
    tokens = _tokens(piece.text)
    places = [index for index, token in enumerate(tokens) if _is_word(token)]
    if len(places) <= words:
        return [piece]
    end = places[words - 1] + 1
    return [Piece(piece.change, "".join(tokens[:end])), Piece(Change.FOLDED, "".join(tokens[end:]))]


def _folded(piece: Piece, before: int, after: int) -> list[Piece]:
    tokens = _tokens(piece.text)
    words = [index for index, token in enumerate(tokens) if _is_word(token)]
    if len(words) <= 2 * (before + after):
        return [piece]
    start = words[before - 1] + 1 if before else 0
    end = words[-after] if after else len(tokens)
    parts = (Change.KEPT, tokens[:start]), (Change.FOLDED, tokens[start:end]), (Change.KEPT, tokens[end:])
    return [Piece(change, "".join(part)) for change, part in parts if part]


_Step = tuple[
    Sequence[str], Sequence[str], Sequence[str]
]  # what was removed, what was added, and what was kept after it


def _runs(steps: Iterator[_Step]) -> Iterator[_Step]:
    """The same steps with changes gathered: a lone space or comma kept between two only makes them hard to read."""
    removed: list[str] = []
    added: list[str] = []
    kept: list[str] = []
    for gone, come, equal in steps:
        if kept and (gone or come):
            if (removed or added) and not _READABLE.search("".join(kept)):
                removed += kept
                added += kept
            else:
                yield removed, added, kept
                removed, added = [], []
            kept = []
        removed += gone
        added += come
        kept += equal
    yield removed, added, kept


def _steps(old: str, new: str) -> Iterator[_Step]:
    if max(len(old), len(new)) < LENGTH_FOR_PARAGRAPHS_FIRST:
        yield from _walk(_tokens(old), _tokens(new))
        return
    for removed, added, kept in _walk(_PARAGRAPH.findall(old), _PARAGRAPH.findall(new)):
        yield from _walk(_tokens("".join(removed)), _tokens("".join(added)))
        yield (), (), kept


def _walk(old: Sequence[str], new: Sequence[str]) -> Iterator[_Step]:
    i = j = 0
    for match in [*align(old, new), Match(len(old), len(new), 0)]:
        yield old[i : match.old], new[j : match.new], old[match.old : match.old + match.size]
        i, j = match.old + match.size, match.new + match.size


def align(old: Sequence[str], new: Sequence[str]) -> list[Match]:
    """Equal stretches of any two sequences, in order and not overlapping.

    A round is linear in what it looks at, and no token sees more than DEEPEST rounds.
    """
    found: list[Match] = []
    waiting = [(0, len(old), 0, len(new), 0)]
    left = PAIRS_COMPARED_EXACTLY
    while waiting:
        i, i_end, j, j_end, depth = waiting.pop()
        ahead = _common(old, new, i, i_end, j, j_end, 1)
        found.append(Match(i, j, ahead))
        i, j = i + ahead, j + ahead
        behind = _common(old, new, i_end - 1, i - 1, j_end - 1, j - 1, -1)
        i_end, j_end = i_end - behind, j_end - behind
        found.append(Match(i_end, j_end, behind))
        if i == i_end or j == j_end or i_end - i == j_end - j == 1:  # of two single ones left over neither is kept
            continue
        gone, come = old[i:i_end], new[j:j_end]
        if anchors := _anchors(gone, come) if depth < DEEPEST else []:
            edges = [(i, j), *((i + a, j + b) for a, b in anchors), (i_end, j_end)]
            waiting += [(a, a_end, b, b_end, depth + 1) for (a, b), (a_end, b_end) in pairwise(edges)]
        elif len(gone) * len(come) <= left:
            left -= len(gone) * len(come)
            found += [Match(i + a, j + b, 1) for a, b in _longest_common(gone, come)]
    return sorted(match for match in found if match.size)


def _common(old: Sequence[str], new: Sequence[str], i: int, i_end: int, j: int, j_end: int, step: int) -> int:
    """How many tokens are equal from ``i`` and ``j`` on, going by ``step`` and stopping before the ends."""
    start = i
    while i != i_end and j != j_end and old[i] == new[j]:
        i += step
        j += step
    return abs(i - start)


def _anchors(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """Tokens that occur once on both sides, as many as keep their order: the longest increasing subsequence."""
    counts = Counter(new)
    places = {token: place for place, token in enumerate(new) if counts[token] == 1}
    counts = Counter(old)
    pairs = [(i, places[token]) for i, token in enumerate(old) if counts[token] == 1 and token in places]
    tails: list[int] = []
    chains: list[_Chain] = []
    for i, j in pairs:
        at = bisect_left(tails, j)
        link = (i, j, chains[at - 1] if at else None)
        tails[at : at + 1], chains[at : at + 1] = [j], [link]
    anchors, chain = [], chains[-1] if chains else None
    while chain:
        i, j, chain = chain
        anchors.append((i, j))
    anchors.reverse()
    # Of a stretch of them the first will do: what follows it is found equal anyway.
    later = ((i, j) for (a, b), (i, j) in pairwise(anchors) if i - a != j - b or old[a:i] != new[b:j])
    return [*anchors[:1], *later]


_Chain = tuple[int, int, "_Chain | None"]


def _longest_common(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int]]:
    """The longest common subsequence, exactly, in time and space of the product of the lengths."""
    rows = [[0] * (len(new) + 1)]
    for token in reversed(old):
        below, row = rows[-1], [0] * (len(new) + 1)
        for j in range(len(new) - 1, -1, -1):
            row[j] = below[j + 1] + 1 if token == new[j] else max(below[j], row[j + 1])
        rows.append(row)
    rows.reverse()
    pairs, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif rows[i + 1][j] >= rows[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


# A word is whatever is neither space nor punctuation, so that Arabic vowel signs and joiners stay in it.
_SIGNS = frozenset(chr(c) for c in range(0x10000) if unicodedata.category(chr(c))[0] in "PS")
_signs = "".join(re.escape(sign) for sign in sorted(_SIGNS))
_TOKEN = re.compile(rf"\s+|[{_signs}]|[^\s{_signs}]+")
WORD = re.compile(rf"[^\s{_signs}]+")
_READABLE = re.compile(rf"[^\s{_signs}]|\n")  # a word, or the end of a paragraph
_PARAGRAPH = re.compile(r"[^\n]*\n+|[^\n]+")


def _tokens(text: str) -> list[str]:
    return _TOKEN.findall(text)


def _is_word(token: str) -> bool:
    """A token is of one kind throughout, so its first character tells."""
    return not token[0].isspace() and token[0] not in _SIGNS
