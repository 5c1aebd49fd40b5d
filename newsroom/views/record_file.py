"""A stretch of the record as a file: what the page shows and nothing more, written as it is read."""

import json
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from defusedcsv import csv
from django.http import StreamingHttpResponse
from django.utils import translation

from audit.queries.plain import COLUMNS, document, rows
from audit.queries.story import Told

MOST = 10_000
"""Acts in one file. Whoever wants older ones narrows by days."""


def _cell(value: Any) -> Any:
    """White space before a formula hides it from the library and not from every spreadsheet."""
    return f"'{value}" if isinstance(value, str) and value[:1].isspace() else value


class _Lines:
    """A file for the csv module that gives back each line it is given."""

    def write(self, line: str) -> str:
        return line


def as_csv(acts: Iterable[Told]) -> Iterator[str]:
    """What a spreadsheet would take for a formula is defused; the byte order mark has it read UTF-8."""
    writer = csv.writer(_Lines())
    yield "\ufeff"
    yield writer.writerow(COLUMNS)
    for told in acts:
        for row in rows(told):
            yield writer.writerow([_cell(value) for value in row])


def as_json(acts: Iterable[Told]) -> Iterator[str]:
    yield '{"acts": ['
    for number, told in enumerate(acts):
        yield (",\n" if number else "\n") + json.dumps(document(told), ensure_ascii=False)
    yield "\n]}\n"


FORMATS: dict[str, tuple[str, Callable[[Iterable[Told]], Iterator[str]]]] = {
    "csv": ("text/csv; charset=utf-8", as_csv),
    "json": ("application/json", as_json),
}


def file_of(acts: Iterable[Told], form: str, name: str) -> StreamingHttpResponse:
    kind, written = FORMATS[form]
    lines = _in_language(written(acts), translation.get_language())
    headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"', "Cache-Control": "no-store"}
    return StreamingHttpResponse(lines, content_type=kind, headers=headers)


def _in_language(lines: Iterator[str], language: Any) -> Iterator[str]:
    """The file is written after the view has ended, and with it the language of the request."""
    with translation.override(language):
        yield from lines
