"""Which page of a WACZ is meant, and as of when. Runs only in the child that opens it (wacz_check.py).

A crawl of several visits lists an address once for each, with the text of each. Text and replay have to be of one
visit: so each answer in the archive goes with the line of the list that is nearest to it in time, and a line counts
that has an answer with a page.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial

from sources.archiving.wacz_index import Index
from sources.archiving.wacz_parts import Parts
from sources.archiving.warc_answers import Answer, Answers, nearness
from sources.domain.uploads import FileRefused, HeldPage, HeldPages, Refusal, known_by

LISTS = ("pages/pages.jsonl", "pages/extraPages.jsonl")
_MOST_SHOWN = 20
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Line:
    url: str
    title: str
    text: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Snapshot:
    """`line` says what the page was, and `answer` is what is played of it."""

    line: Line
    answer: Answer

    @property
    def played_as(self) -> str:
        """With the fragment that the list has: some pages show by it what they are."""
        fragment = self.line.url.partition("#")[2]
        return f"{self.answer.url}#{fragment}" if fragment else self.answer.url


def find(parts: Parts, url: str, made_at: datetime) -> Snapshot:
    """The page at `url`, or the only one where that is empty, as of about `made_at`. Raises FileRefused."""
    listed: dict[str, list[Line]] = {}
    for line in _lines(parts):
        listed.setdefault(known_by(line.url), []).append(line)
    if not listed:
        raise FileRefused(Refusal.WACZ_INCOMPLETE, LISTS[0])
    index, meant = Index(parts), known_by(url)
    if meant in listed:
        answers = Answers(parts, index, {meant})
        if snapshots := _snapshots(listed[meant], answers):
            return _as_of(snapshots, made_at)
        _refuse_answer(answers.of(meant))
    answers = Answers(parts, index, listed.keys())
    held = {name: snapshots for name, lines in listed.items() if (snapshots := _snapshots(lines, answers))}
    if not held:
        name = meant if meant in listed else next(iter(listed))
        _refuse_answer(answers.of(name))
        raise FileRefused(Refusal.WACZ_WITHOUT_PAGE, listed[name][0].url)
    if not url and len(held) == 1:
        return _as_of(next(iter(held.values())), made_at)
    shown = [HeldPage(one.line.url, one.line.title) for one, *_ in list(held.values())[:_MOST_SHOWN]]
    refusal = Refusal.WACZ_OTHER_PAGE if url else Refusal.WACZ_SEVERAL_PAGES
    raise FileRefused(refusal, pages=HeldPages(tuple(shown), len(held)))


def _as_of(snapshots: Sequence[Snapshot], made_at: datetime) -> Snapshot:
    """A day is more than what people and machines are out by who do not agree on a time zone."""
    nearest, *others = sorted(snapshots, key=lambda one: abs(one.answer.at - made_at))
    if abs(nearest.answer.at - made_at) <= _DAY:
        return nearest
    shown = [HeldPage(one.line.url, one.line.title, one.answer.at) for one in [nearest, *others][:_MOST_SHOWN]]
    raise FileRefused(Refusal.WACZ_OTHER_TIME, pages=HeldPages(tuple(shown), len(snapshots)))


def _snapshots(lines: Sequence[Line], answers: Answers) -> list[Snapshot]:
    """Of one page: `lines` are those that list it."""
    found = answers.of(known_by(lines[0].url))
    timed = [(at, line) for line in lines if (at := line.at or _time_of_all(found))]
    own: dict[datetime, list[Answer]] = {at: [] for at, _ in timed}
    for answer in found if own else ():
        own[min(own, key=lambda at: abs(at - answer.at))].append(answer)
    snapshots = []
    for at, line in timed:
        pages = (answers.page(one) for one in sorted(own[at], key=partial(nearness, at=at)))
        if page := next((page for page in pages if page and abs(page.at - at) <= _DAY), None):
            snapshots.append(Snapshot(line, page))
    return snapshots


def _time_of_all(found: Sequence[Answer]) -> datetime | None:
    """For a line that says no time: that of the answers, where they are of one visit."""
    return found[0].at if found and found[-1].at - found[0].at <= _DAY else None


def _refuse_answer(found: Sequence[Answer]) -> None:
    """Where the archive holds something for an address that is no page, it says so. Raises FileRefused."""
    if refused := [one for one in found if one.status and not (one.is_page or one.is_redirect)]:
        raise FileRefused(Refusal.WACZ_ANSWERED_NO, str(refused[-1].status))
    if led := [one for one in found if one.is_redirect]:
        raise FileRefused(Refusal.WACZ_LEADS_AWAY, led[-1].leads_to)


def _lines(parts: Parts) -> Iterator[Line]:
    """Those with an address of the web. The first line of such a list says what the others are."""
    for name in LISTS:
        for line in parts.read(name).splitlines() if name in parts.names else ():
            page = json.loads(line)
            title, url, text = (str(page.get(name) or "") for name in ("title", "url", "text"))
            if known_by(url):
                yield Line(url, title, text, _read_time(page.get("ts")))


def _read_time(said: object) -> datetime | None:
    """As the format has it (ISO 8601), or in thousandths of a second since 1970, as scripts have it."""
    try:
        at = datetime.fromtimestamp(said / 1000, UTC) if isinstance(said, int) else datetime.fromisoformat(str(said))
    except (ValueError, OverflowError, OSError):
        return None
    return at if at.tzinfo else at.replace(tzinfo=UTC)
