"""The captured text as the reader shows it: a part of it at a time, with what is marked in it and what that supports.

    reading = read(capture, user, page="2")
    for paragraph in reading.paragraphs: paragraph.start, paragraph.runs

A fixed number of queries, whatever the length of the text and however much is marked in it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch

from newsroom.models import User
from sources.domain.marking import Mark, runs
from sources.domain.reading import Stretch, leaf_of, leaves, stretches
from sources.domain.selecting import Selected
from sources.domain.struck import is_struck
from sources.models import Capture, CapturedText, Excerpt
from verification.models import Evidence

MOST_MARKED = 200
CHOSEN = 0
"""Stands for the passage that is being chosen, among the numbers of excerpts."""


@dataclass(frozen=True)
class Run:
    """A part of a paragraph. `marked` lies over all of it; `begins` and `ends` name those that do so here."""

    text: str
    marked: tuple[Excerpt, ...] = ()
    begins: tuple[Excerpt, ...] = ()
    ends: tuple[Excerpt, ...] = ()
    is_chosen: bool = False
    begins_chosen: bool = False

    @property
    def stance(self) -> str:
        """What the marked words do to their claim, where they do one thing; "" where they do several or none."""
        stances = {each.stance for excerpt in self.marked for each in excerpt.supporting}  # type: ignore[attr-defined]
        return stances.pop().lower() if len(stances) == 1 else ""


@dataclass(frozen=True)
class Paragraph:
    start: int
    runs: list[Run]

    @property
    def is_struck(self) -> bool:
        return is_struck("".join(run.text for run in self.runs))


@dataclass(frozen=True)
class Reading:
    """`leaf` is a page of a Django paginator; `excerpts` stand on it, each with its `supporting` standing evidence."""

    leaf: Any
    paragraphs: list[Paragraph]
    excerpts: list[Excerpt]
    left_out: bool


def text_of(capture: Capture) -> str:
    """Empty where there is none, and for a refusal of the server, which is no page to quote from."""
    if not capture.is_kept:
        return ""
    return CapturedText.objects.filter(pk=capture.pk).values_list("text", flat=True).first() or ""


def read(
    capture: Capture, text: str, user: User, *, page: str = "", at: int | None = None, chosen: Selected | None = None
) -> Reading:
    """The leaf with that number, or that with the passage that is `chosen`, or that `at` a position."""
    turned = leaves(stretches(text))
    if not page and (chosen or at is not None):
        page = str(leaf_of(turned, chosen.start if chosen else at or 0))
    leaf = Paginator(turned, 1).get_page(page)
    shown: Sequence[Stretch] = leaf.object_list[0] if leaf.object_list else []
    found = _marked(capture, user, shown)
    excerpts = found[:MOST_MARKED]
    return Reading(leaf, _paragraphs(shown, excerpts, chosen), excerpts, len(found) > MOST_MARKED)


def _marked(capture: Capture, user: User, shown: Sequence[Stretch]) -> list[Excerpt]:
    if not shown:
        return []
    standing = Evidence.objects.standing().select_related("claim").order_by("pk")
    here = Excerpt.objects.visible_to(user).filter(capture=capture, start__lt=shown[-1].end, end__gt=shown[0].start)
    with_evidence = here.select_related("created_by", "case").prefetch_related(
        Prefetch("evidence", standing, to_attr="supporting")
    )
    return list(with_evidence.order_by("start", "end", "pk")[: MOST_MARKED + 1])


def _paragraphs(shown: Iterable[Stretch], excerpts: list[Excerpt], chosen: Selected | None) -> list[Paragraph]:
    by_key = {excerpt.pk: excerpt for excerpt in excerpts}
    marks = [Mark(excerpt.pk, excerpt.start, excerpt.end) for excerpt in excerpts]
    if chosen is not None:
        marks.append(Mark(CHOSEN, chosen.start, chosen.end))

    def named(keys: tuple[int, ...]) -> tuple[Excerpt, ...]:
        return tuple(by_key[key] for key in keys if key != CHOSEN)

    return [
        Paragraph(
            stretch.start,
            [
                Run(
                    run.text,
                    named(run.marks),
                    named(run.begins),
                    named(run.ends),
                    CHOSEN in run.marks,
                    CHOSEN in run.begins,
                )
                for run in runs(stretch, marks)
            ],
        )
        for stretch in shown
    ]
