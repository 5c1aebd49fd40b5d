"""What differs between the texts of two captures, for a reader who has not an hour: the changed places, and no more."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from audit.domain.worddiff import Change, Piece, diff, folded, shortened

LONGEST_COMPARED: Final = 250_000  # code points of either text: less than a second
LONGEST_PIECE: Final = 150  # words of one change that are shown
MOST_PARAGRAPHS: Final = 200


@dataclass(frozen=True, slots=True)
class TextDifference:
    """The changed places as paragraphs of pieces. `left_out` counts the paragraphs that are not among them.

    `cut`: only the beginnings were compared, up to LONGEST_COMPARED. `words_gone` and `words_new` count all changes.
    """

    paragraphs: list[list[Piece]]
    left_out: int
    cut: bool
    words_gone: int
    words_new: int

    @property
    def is_same(self) -> bool:
        return not (self.words_gone or self.words_new or self.paragraphs)


def compared(earlier: str, later: str) -> TextDifference:
    cut = max(len(earlier), len(later)) > LONGEST_COMPARED
    pieces = diff(earlier[:LONGEST_COMPARED], later[:LONGEST_COMPARED])
    counts = {change: sum(p.words for p in pieces if p.change is change) for change in (Change.REMOVED, Change.ADDED)}
    if all(piece.change is Change.KEPT for piece in pieces):
        return TextDifference([], 0, cut, 0, 0)
    paragraphs = _paragraphs(short for piece in folded(pieces) for short in _shown(piece))
    shown = paragraphs[:MOST_PARAGRAPHS]
    left_out = len(paragraphs) - len(shown)
    return TextDifference(shown, left_out, cut, counts[Change.REMOVED], counts[Change.ADDED])


def _shown(piece: Piece) -> list[Piece]:
    return shortened(piece, LONGEST_PIECE) if piece.change in (Change.REMOVED, Change.ADDED) else [piece]


def _paragraphs(pieces: Iterable[Piece]) -> list[list[Piece]]:
    """Each with the pieces that stand in it: a page in two directions is read by paragraphs, not as one."""
    paragraphs: list[list[Piece]] = [[]]
    for piece in pieces:
        if piece.change is Change.FOLDED:
            # Whatever paragraphs were folded, one line stands for them.
            paragraphs += [[piece], []] if "\n" in piece.text else [[*paragraphs.pop(), piece]]
            continue
        first, *others = piece.text.split("\n")
        paragraphs[-1].append(replace(piece, text=first))
        paragraphs += [[replace(piece, text=line)] for line in others]
    return [[p for p in each if p.text] for each in paragraphs if any(p.text.strip() for p in each)]
