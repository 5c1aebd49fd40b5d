"""An archived text cut into what a reader can turn, without a word lost: joined again, the pieces are the text."""

LONGEST = 4000  # code points of one piece: a page of paragraphs, or a part of one that never ends


def pieces(text: str, longest: int = LONGEST) -> list[str]:
    """The lines of `text` that hold something, the very long ones cut behind a space."""
    return [part for line in text.split("\n") if line.strip() for part in _cut(line, longest)]


def _cut(line: str, longest: int) -> list[str]:
    parts = []
    start = 0
    while len(line) - start > longest:
        space = line.rfind(" ", start, start + longest)
        end = space + 1 if space > start else start + longest
        parts.append(line[start:end])
        start = end
    return [*parts, line[start:]]
