"""An archived text cut into what a reader can turn, without a word lost: every stretch knows where it stands."""

from collections.abc import Iterable
from dataclasses import dataclass

LONGEST = 4000  # code points of one stretch: a page of paragraphs, or a part of one that never ends
LEAF = 30_000  # code points of a part that is shown at once: what people scroll through, and browsers lay out at once


@dataclass(frozen=True, slots=True)
class Stretch:
    """A paragraph, or a part of a very long one; `start` counts code points of the whole text."""

    start: int
    text: str

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def stretches(text: str, longest: int = LONGEST) -> list[Stretch]:
    """The lines of `text` that hold something, the very long ones cut behind a space."""
    found = []
    start = 0
    for line in text.split("\n"):
        if line.strip():
            found += _cut(line, start, longest)
        start += len(line) + 1
    return found


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """The words of the stretches alone."""
    return [stretch.text for stretch in stretches(text, longest)]


def leaves(stretches: Iterable[Stretch], size: int = LEAF) -> list[list[Stretch]]:
    """The stretches in order, by leaves of about `size` code points."""
    found: list[list[Stretch]] = []
    left = 0
    for stretch in stretches:
        if not found or len(stretch.text) > left:
            found.append([])
            left = size
        found[-1].append(stretch)
        left -= len(stretch.text)
    return found


def leaf_of(leaves: list[list[Stretch]], position: int) -> int:
    """Which leaf, counted from 1, a position stands on; the last one where it stands behind the text."""
    return next((n for n, leaf in enumerate(leaves, start=1) if position < leaf[-1].end), max(1, len(leaves)))


def _cut(line: str, at: int, longest: int) -> list[Stretch]:
    parts = []
    start = 0
    while len(line) - start > longest:
        space = line.rfind(" ", start, start + longest)
        end = space + 1 if space > start else start + longest
        parts.append(Stretch(at + start, line[start:end]))
        start = end
    return [*parts, Stretch(at + start, line[start:])]
