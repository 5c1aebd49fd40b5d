"""A bundle of the ledger for somebody who checks it elsewhere, with `audit/standalone/isnad_verify.py`.

Three kinds. Of a case: its acts with their proofs, and the rows they wrote. Of the log: every leaf, and the contents of
acts in cases that everybody in the newsroom may see; of the others only the hash, which proves that they are there and
says nothing of what they say. Of everything: all contents and all rows. docs/methods/audit.md states the format.

Of a database that was tampered with there is a bundle too. What cannot be read is left out of it, which whoever checks
it finds: a content is then withheld, a row removed, a proof proves nothing.
"""

import json
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

import psycopg

from audit.queries import proofs
from audit.rowtext import NoCanonicalForm, row_text
from audit.verifying import statements
from audit.verifying.session import Session
from audit.verifying.statements import Rows
from audit.verifying.tables import column_types

FORMAT, VERSION = "isnad-audit-bundle", 1
Lines = Iterator[dict[str, Any]]


@dataclass(frozen=True)
class Extent:
    """How far a bundle goes: the first `size` entries; of one case, or of everything, or what everybody may know."""

    size: int
    case: int | None = None
    everything: bool = False


# What else belongs into a bundle, by the name of its file: whoever anchors checkpoints puts the anchors in.
_parts: dict[str, Callable[[Session, Extent], Lines]] = {}
# To which case an act belongs is for its entry to say: whoever tampers with acts takes none out of a bundle and puts
# none in. Quotation marks inside of a text are escaped there, so this stands in no reason and in no name.
_CASE = """split_part(split_part(encode(e.content, 'escape'), ',"case":', 2), ',"name":"', 1)"""
_SELECTED = """
SELECT e.index, e.act_id, coalesce(e.content, ''), coalesce(substr(e.hashes, 1, 32), ''), {disclosed}
FROM (SELECT e.*, {of_case} AS case_id FROM public.audit_entry e WHERE e.index < %s) e
LEFT JOIN public.newsroom_case c ON c.id::text = e.case_id
WHERE {selected} ORDER BY e.index
"""


def part(name: str, lines: Callable[[Session, Extent], Lines]) -> None:
    _parts[name] = lines


def write(
    to: Path | IO[bytes], session: Session, size: int, *, case: int | None = None, everything: bool = False
) -> int:
    """The first `size` entries, or those of one case among them. Answers how many acts are disclosed."""
    selected = "true" if case is None else f"e.case_id = '{case:d}'"
    disclosed = "true" if everything or case is not None else "coalesce(NOT c.restricted, false)"
    query = _SELECTED.format(of_case=_CASE, selected=selected, disclosed=disclosed)
    has_rows = everything or case is not None
    manifest = {"format": FORMAT, "version": VERSION, "scope": "log" if case is None else "case", "size": size}
    texts = _Texts(session)
    told = 0
    with zipfile.ZipFile(to, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("manifest.json", json.dumps({**manifest, "rows": has_rows}))
        _write(bundle, "checkpoints.jsonl", _checkpoints(session, size, with_proofs=case is not None))
        for name, lines in _parts.items():
            _write(bundle, name, lines(session, Extent(size, case, everything)))
        with bundle.open("entries.jsonl", "w") as file:
            for index, _act, content, leaf, is_disclosed in session.stream(query, [size]):
                line: dict[str, Any] = {"index": index}
                if is_disclosed and (said := _read(content)) is not None:
                    line["content"] = said
                    told += 1
                else:
                    line["leaf"] = leaf.hex()
                if case is not None:
                    line["proof"] = _proof(proofs.inclusion, index, size)
                file.write(_line(line))
        if has_rows:
            with bundle.open("rows.jsonl", "w") as file:
                for _index, act, content, _leaf, _is_disclosed in session.stream(query, [size]):
                    for line in texts.of(act, content):
                        file.write(_line(line))
    return told


def _checkpoints(session: Session, size: int, *, with_proofs: bool) -> Lines:
    query = "SELECT size, coalesce(note, '')::text FROM public.audit_checkpoint WHERE size <= %s ORDER BY size"
    for length, note in session.stream(query, [size]):
        line: dict[str, Any] = {"size": length, "note": note}
        if with_proofs and length > 0:
            line["consistency"] = _proof(proofs.consistency, length, size)
        yield line


def _read(content: bytes) -> str | None:
    try:
        return content.decode()
    except UnicodeDecodeError:
        return None


def _proof(proof: Callable[[int, int], list[bytes]], of: int, size: int) -> list[str]:
    """Empty where an entry that it needs is gone."""
    try:
        return [each.hex() for each in proof(of, size)]
    except (KeyError, ValueError):
        return []


class _Texts:
    """The rows of an act as they stand, each in the one form its digest is taken of."""

    def __init__(self, session: Session) -> None:
        self.session, self.types = session, column_types(session)
        shapes = session.rows('SELECT id, "table"::text, columns::text FROM public.audit_shape')
        self.shapes = {(table, shape): columns for shape, table, columns in shapes}
        self.queries: dict[tuple[str, int], str | None] = {}

    def of(self, act: int, content: bytes) -> Lines:
        said = statements.read(content)
        for rows in said["rows"] if said else ():
            yield from self._of_table(act, rows)

    def _of_table(self, act: int, rows: Rows) -> Lines:
        key = rows.table, rows.shape
        if key not in self.queries:
            self.queries[key] = self._query(*key)
        if query := self.queries[key]:
            for history_id, told in self.session.rows(query, [act]):
                yield {"table": rows.table, "history_id": history_id, "text": told}

    def _query(self, table: str, shape: int) -> str | None:
        """None where the table is not there, or its columns are not those that were digested."""
        try:
            text = row_text(self.types[table], json.loads(self.shapes[table, shape]))
            query = f'SELECT history_id, {text} FROM public."{table}" WHERE act_id = %s ORDER BY history_id'  # noqa: S608  (a table of `types`)
            with self.session.attempt():
                self.session.rows(query, [0])
        except (psycopg.Error, LookupError, ValueError, TypeError, NoCanonicalForm):
            return None
        return query


def _write(bundle: zipfile.ZipFile, name: str, lines: Lines) -> None:
    with bundle.open(name, "w") as file:
        for line in lines:
            file.write(_line(line))


def _line(said: dict[str, Any]) -> bytes:
    return (statements.encode(said) + "\n").encode()
