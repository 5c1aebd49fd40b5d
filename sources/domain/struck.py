"""Words that a page has struck through, as corrections do: they stand on it, and it no longer says them.

In a captured text each line of them stands behind all others, between two strokes on either side. A passage that is
found there only is not present. Lines keep their places in the text: each of both parts is as long as the whole.
"""

import re
from typing import Final

STROKES: Final = "~~"
_LINE: Final = re.compile(rf"^{STROKES}(?=.*\w)(.+){STROKES}$", re.MULTILINE)


def struck(words: str) -> str:
    return f"{STROKES}{words}{STROKES}"


def is_struck(words: str) -> bool:
    return words.startswith(STROKES) and words.endswith(STROKES) and len(words) > 2 * len(STROKES)


def has_struck(text: str) -> bool:
    return _LINE.search(text) is not None


def divided(text: str) -> tuple[str, str]:
    """What it says, and what is struck through in it ("" where nothing is)."""
    if not has_struck(text):
        return text, ""
    says, strikes, last = [], [], 0
    for line in _LINE.finditer(text):
        says += [text[last : line.start()], "\n" * len(line[0])]
        strikes += ["\n" * (line.start(1) - last), line[1], "\n" * len(STROKES)]
        last = line.end()
    return "".join([*says, text[last:]]), "".join(strikes)
