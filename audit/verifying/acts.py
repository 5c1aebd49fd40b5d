"""Every act, held against its entry, and with it every row of history it wrote.

An act is done at one moment and recorded a little later, in the same transaction: one that claims an earlier time was
dated back when it was written. Acts older than the ledger say that they were adopted; only the first ones can be.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import psycopg

from audit.domain.merkle import SIZE, leaf_hash
from audit.rowtext import moment_text
from audit.verifying import statements
from audit.verifying.findings import KEPT_OF_A_KIND, Finding, Found, Kind
from audit.verifying.history import Histories, Stated
from audit.verifying.order import Numbers
from audit.verifying.session import MINUTE, Session

ACTS_AT_ONCE, ROWS_AT_ONCE = 2_048, 8_192
_SAID = f"""
SELECT e.index, e.act_id, {moment_text("e.recorded_at")}, e.content,
    a.id, a.actor_id, a.actor_name, {moment_text("a.at")}, a.case_id, a.name,
    a.on_behalf_of_id, a.origin, a.reason, a.at, e.recorded_at
FROM public.audit_entry e LEFT JOIN public.audit_act a ON a.id = e.act_id
WHERE e.index >= %s AND e.index < %s ORDER BY e.index
"""  # noqa: S608  (our own expressions)
_MEMBERS = ("actor", "actor_name", "at", "case", "name", "on_behalf_of", "origin", "reason")
_SAME_ELSEWHERE = """
SELECT id FROM public.audit_act WHERE id <> %s AND at = %s::timestamptz AND name = %s AND actor_name = %s
AND reason = %s AND origin = %s LIMIT 1
"""
_LEAF = "SELECT content, substr(hashes, 1, %s) FROM public.audit_entry WHERE index = %s"


@dataclass
class Acts:
    """Reads the entries from one index up to another; `adopting` while all before were adopted, `adopted` how many."""

    session: Session
    histories: Histories
    found: Found
    adopting: bool = True
    adopted: int = 0
    numbers: Numbers = field(default_factory=Numbers)
    _batch: list[Stated] = field(default_factory=list)

    def check(self, start: int, end: int, progress: Callable[[int, int], None]) -> None:
        self.numbers = Numbers.before(self.session, start)
        acts = rows = 0
        for index, bound, recorded_at, content, *act in self.session.stream(_SAID, [start, end]):
            said = statements.read(content)
            if said is None:
                self._doubt([Finding(Kind.ENTRY_FORM, index)])
            else:
                self._doubt(self._entry(index, bound, recorded_at, said, act))
                self._batch += [Stated(index, said["act"], each) for each in said["rows"]]
                rows += sum(len(each.digests) for each in said["rows"])
            acts += 1
            if acts >= ACTS_AT_ONCE or rows >= ROWS_AT_ONCE:
                self._flush()
                acts = rows = 0
                progress(index + 1, end)
        self._flush()
        progress(end, end)

    def _flush(self) -> None:
        self._doubt(self.histories.check(self.session, self._batch))
        self._batch = []

    def _entry(
        self, index: int, bound: int, recorded_at: str | None, said: dict[str, Any], act: list[Any]
    ) -> Iterator[Finding]:
        if said["adopted"] and not self.adopting:
            yield Finding(Kind.ENTRY_ADOPTED, index, bound)
        self.adopting = self.adopting and said["adopted"]
        self.adopted += self.adopting
        if recorded_at != said["recorded_at"]:
            yield Finding(Kind.ENTRY_RECORDED_AT, index, bound, detail=recorded_at or "")
        if bound != said["act"]:
            yield Finding(Kind.ENTRY_ACT, index, said["act"], detail=str(bound))
            return
        number, *stands, done, recorded = act
        if number is None or tuple(stands) != tuple(said[name] for name in _MEMBERS):
            yield self._difference(index, said, number, dict(zip(_MEMBERS, stands, strict=True)))
        elif recorded_at != said["recorded_at"]:
            return
        elif done > recorded + MINUTE:
            yield Finding(Kind.ACT_POSTDATED, index, number, detail=said["at"])
        elif done < recorded - 60 * MINUTE and not said["adopted"]:
            yield Finding(Kind.ACT_BACKDATED, index, number, detail=said["at"])
        elif self.numbers.falls(number, done, recorded):
            yield Finding(Kind.ACT_ORDER, index, number)

    def _difference(
        self, index: int, said: Mapping[str, Any], number: int | None, stands: Mapping[str, Any]
    ) -> Finding:
        if self.found.counts[Kind.ACT_MOVED] + self.found.counts[Kind.ACT_CHANGED] < 100:  # the search is a long one
            alike = [said[name] for name in ("act", "at", "name", "actor_name", "reason", "origin")]
            if other := self._elsewhere(alike):
                return Finding(Kind.ACT_MOVED, index, said["act"], detail=str(other[0]))
        if number is None:
            return Finding(Kind.ACT_REMOVED, index, said["act"])
        differing = ", ".join(name for name in _MEMBERS if said[name] != stands[name])
        return Finding(Kind.ACT_CHANGED, index, number, detail=differing)

    def _elsewhere(self, alike: list[Any]) -> tuple[Any, ...] | None:
        try:
            with self.session.attempt():
                return self.session.one(_SAME_ELSEWHERE, alike)
        except (psycopg.DataError, psycopg.ProgrammingError):
            return None  # an entry may say what no act can be: a time that is none

    def _doubt(self, findings: Iterable[Finding]) -> None:
        """An entry that was itself altered is no ground to doubt anything else; it is found already."""
        for finding in findings:
            if self.found.counts[finding.kind] >= KEPT_OF_A_KIND:
                self.found.add(finding)
                continue
            content, leaf = self.session.one(_LEAF, [SIZE, finding.index]) or (b"", b"")
            if leaf_hash(content) == leaf:
                self.found.add(finding)
