"""Title and text of a PDF, in the order in which it is read. Runs in the reader's child only (reader.py).

The library finds lines and columns; what stands in a line is put together here from where its glyphs stand, because the
order in which a program wrote them says nothing: every one that writes Arabic has its own.
"""

import io
import time
from collections.abc import Iterator

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LAParams, LTChar, LTContainer, LTPage, LTTextBox, LTTextLine, LTTextLineVertical
from pdfminer.pdfdocument import PDFDocument, PDFPasswordIncorrect
from pdfminer.pdfinterp import PDFPageInterpreter, PDFResourceManager
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.utils import decode_text

from sources.domain.captures import Reason
from sources.domain.visual_order import is_right_to_left, read_order

_SPACE = 0.15  # of a glyph's height: a gap that wide is a space nobody wrote


def read_pdf(data: bytes, most_chars: int, most_seconds: float) -> tuple[str, str, Reason | None]:
    """Title, text, and what is wrong with the text. Stops when there is too much of it, or too little time."""
    try:
        document = PDFDocument(PDFParser(io.BytesIO(data)))
    except PDFPasswordIncorrect:
        return "", "", Reason.TEXT_LOCKED
    resources = PDFResourceManager()
    device = PDFPageAggregator(resources, laparams=LAParams())
    interpreter = PDFPageInterpreter(resources, device)
    paragraphs: list[str] = []
    length, end = 0, time.process_time() + most_seconds
    reason = None
    try:
        for page in PDFPage.create_pages(document):
            if length > most_chars or time.process_time() > end:
                reason = Reason.TEXT_TRUNCATED
                break
            interpreter.process_page(page)
            found = _paragraphs(device.get_result())
            paragraphs += found
            length += sum(map(len, found))
    except MemoryError:
        raise
    except Exception:  # a page nobody can read in the middle of a file: what came before it is text all the same
        reason = Reason.TEXT_DAMAGED if paragraphs else Reason.TEXT_FAILED
    return _title(document), "\n".join(paragraphs), reason


def _paragraphs(page: LTPage) -> list[str]:
    boxes = list(_boxes(page))
    glyphs = (glyph.get_text() for box in boxes for line in box for glyph in line if isinstance(glyph, LTChar))
    turned = is_right_to_left(glyphs)
    found = (" ".join(filter(None, (_line(line, turned) for line in box))) for box in boxes)
    return [paragraph for paragraph in found if paragraph]


def _boxes(part: object) -> Iterator[LTTextBox]:
    if isinstance(part, LTTextBox):
        yield part
    elif isinstance(part, LTContainer):
        for inner in part:
            yield from _boxes(inner)


def _line(line: LTTextLine, right_to_left: bool) -> str:
    if isinstance(line, LTTextLineVertical):
        return line.get_text().strip()
    glyphs = _glyphs([glyph for glyph in line if isinstance(glyph, LTChar)])
    return read_order(glyphs, right_to_left=right_to_left).strip()


def _glyphs(line: list[LTChar]) -> list[str]:
    """From left to right, each mark behind the letter it stands on, with spaces where there is room for one."""
    glyphs: list[str] = []
    right = None
    for letter, marks in sorted(_marked(line), key=lambda marked: marked[0].x0):
        text = letter.get_text() + marks
        if right is not None and letter.x0 - right > _SPACE * letter.height and not (glyphs[-1] + text).isspace():
            glyphs.append(" ")
        glyphs.append(text)
        right = max(right or letter.x1, letter.x1)
    return glyphs


def _marked(line: list[LTChar]) -> list[tuple[LTChar, str]]:
    """Every letter with its marks. A mark is written after its letter: so before it where the line was written from the
    left, as it is seen, and after it where it was written as it is read. Where a mark stands says less: its ink may be
    anywhere beside that point.
    """
    letters = [glyph for glyph in line if not _is_mark(glyph)]
    from_the_left = len(letters) < 2 or letters[0].x0 <= letters[-1].x0
    marked: list[tuple[LTChar, str]] = []
    for glyph in line if not from_the_left else reversed(line):
        if _is_mark(glyph):
            if marked:
                marked[-1] = (marked[-1][0], marked[-1][1] + glyph.get_text())
        else:
            marked.append((glyph, ""))
    return marked


def _is_mark(glyph: LTChar) -> bool:
    text = glyph.get_text()
    return bool(text) and all("\u064b" <= char <= "\u065f" or char == "\u0670" for char in text)


def _title(document: PDFDocument) -> str:
    said = next((info["Title"] for info in document.info if isinstance(info.get("Title"), bytes)), b"")
    return decode_text(said)
