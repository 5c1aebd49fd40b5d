"""Corroboration by the book: cases any desk knows, one row each, the reason above the row."""

from dataclasses import dataclass, field
from datetime import date

import pytest

from verification.domain.corroboration import (
    Derivation,
    Evidence,
    Finding,
    Ground,
    Hop,
    Kind,
    Source,
    Stance,
    StanceResult,
    corroborate,
)

COUNTER = iter(range(10_000))


def chain(text: str, basis: str = "UNKNOWN", stance: str = "SUPPORTS", kind: str = "QUOTES") -> Evidence:
    """`S12 < S11 <= S1`: from the desk upwards; `<=` is a step whose lower end was checked against the upper."""
    carrier, *rest = text.split()
    hops = tuple(Hop(source, kind, sign == "<=") for sign, source in zip(rest[::2], rest[1::2], strict=True))
    return Evidence(f"e{next(COUNTER):04}", Stance(stance), carrier, hops, basis)


@dataclass(frozen=True)
class Row:
    name: str
    evidence: list[Evidence]
    counts: tuple[int, int]
    derivations: list[Derivation] = field(default_factory=list)
    owned: dict[str, str] = field(default_factory=dict)
    bottlenecks: list[str] = field(default_factory=list)
    circles: list[tuple[str, ...]] = field(default_factory=list)
    findings: list[tuple[Kind, tuple[str, ...]]] = field(default_factory=list)


def weigh(row: Row) -> StanceResult:
    sources = tuple(Source(key, (owner,)) for key, owner in row.owned.items())
    return corroborate(Ground(sources, tuple(row.derivations), tuple(row.evidence))).supports


TEN = [f"outlet{n}" for n in range(10)]
OFFICIALS = ["official1", "official2", "official3"]

TABLE = [
    # Ten front pages, one correspondent: they all print what the agency sent, so there is one line.
    Row(
        "ten outlets on one wire report",
        [chain(f"{outlet} < agency", kind="REPUBLISHES") for outlet in TEN],
        (0, 1),
        bottlenecks=["agency"],
    ),
    # The outlets were entered bare, but the desk recorded what they derive from: the record completes them.
    Row(
        "ten outlets on one wire report, known from the record",
        [chain(outlet) for outlet in TEN],
        (0, 1),
        derivations=[Derivation(outlet, "agency") for outlet in TEN],
        bottlenecks=["agency"],
    ),
    # Both were there and neither knows of the other, but one commander can tell both what to say.
    Row(
        "two witnesses in one militia",
        [chain("witness1", "WITNESSED"), chain("witness2", "WITNESSED")],
        (1, 2),
        owned={"witness1": "militia", "witness2": "militia"},
        findings=[(Kind.COMMON_OWNER, ("witness1", "witness2"))],
    ),
    # Control reaches through others: a brigade of the militia is the militia.
    Row(
        "a witness in a brigade of the other's militia",
        [chain("witness1", "WITNESSED"), chain("witness2", "WITNESSED")],
        (1, 2),
        owned={"witness1": "militia", "witness2": "brigade", "brigade": "militia"},
        findings=[(Kind.COMMON_OWNER, ("witness1", "witness2"))],
    ),
    # Whoever owns the other speaks for both.
    Row(
        "a ministry and its own news agency",
        [chain("ministry", "AUTHORED"), chain("agency", "AUTHORED")],
        (1, 2),
        owned={"agency": "ministry"},
    ),
    # French from English from Arabic: three texts, and two chances to get it wrong, but one account.
    Row(
        "a translation of a translation",
        [chain("french"), chain("english"), chain("arabic", "AUTHORED")],
        (1, 1),
        derivations=[Derivation("french", "english", "TRANSLATES"), Derivation("english", "arabic", "TRANSLATES")],
        bottlenecks=["arabic"],
    ),
    # Each gives the other as its source. Neither line alone goes round, but nobody has seen where they begin.
    Row(
        "two outlets quoting each other",
        [chain("one < other"), chain("other < one")],
        (0, 1),
        bottlenecks=["one", "other"],
        circles=[("one", "other")],
    ),
    # Each is on record as a copy of the other: then neither has anything of its own, and nothing is supported.
    Row(
        "two outlets copied from each other",
        [chain("one"), chain("other")],
        (0, 0),
        derivations=[Derivation("one", "other"), Derivation("other", "one")],
        circles=[("one", "other")],
    ),
    # One more derivation on record must not raise a number: the copy needs all it was taken from, the circle included.
    Row(
        "two outlets copied from each other, one of them from a third as well",
        [chain("one")],
        (0, 0),
        derivations=[Derivation("one", "other"), Derivation("other", "one"), Derivation("other", "third")],
        circles=[("one", "other")],
    ),
    # A witness told one of the two: the stated chain leads out of the circle, which is still named.
    Row(
        "two outlets copied from each other, and a witness behind one",
        [chain("one < witness", "WITNESSED")],
        (1, 1),
        derivations=[Derivation("one", "other"), Derivation("other", "one")],
        bottlenecks=["one", "other", "witness"],
        circles=[("one", "other")],
    ),
    # Three voices confirm what the paper says, because they have read the paper.
    Row(
        "a leaked document and three officials who only read it",
        [chain("document", "AUTHORED"), *(chain(f"{who} < document", "AUTHORED", kind="CITES") for who in OFFICIALS)],
        (1, 1),
        bottlenecks=["document"],
    ),
    # The desk has the recording itself: nothing stands between it and the voice.
    Row(
        "a recording heard by the desk itself",
        [chain("recording", "RECORDED")],
        (1, 1),
        bottlenecks=["recording"],
    ),
    # The desk compared the article with the recordings: the article costs nothing, and a second speaker counts.
    Row(
        "two recordings quoted in one article, both heard",
        [chain("article <= recording1", "RECORDED"), chain("article <= recording2", "RECORDED")],
        (2, 2),
    ),
    # First-hand, and closed; but one interested voice is one line.
    Row(
        "a claim whose only named source speaks about themselves",
        [chain("outlet < minister", "AUTHORED")],
        (1, 1),
        bottlenecks=["minister", "outlet"],
    ),
    # Nobody translates as an eyewitness: the count stays, the reader is told.
    Row(
        "a translation entered as first-hand",
        [chain("translation", "WITNESSED")],
        (1, 1),
        derivations=[Derivation("translation", "original", "TRANSLATES")],
        bottlenecks=["original", "translation"],
        findings=[(Kind.FIRST_HAND_CLAIM_OF_DERIVED_WORK, ("translation", "original"))],
    ),
    # Two papers, one publisher, two witnesses who have nothing to do with each other: two lines, and a remark.
    Row(
        "two papers of one publisher with a witness each",
        [chain("paper1 < witness1", "WITNESSED"), chain("paper2 < witness2", "WITNESSED")],
        (2, 2),
        owned={"paper1": "publisher", "paper2": "publisher"},
        findings=[(Kind.COMMON_OWNER, ("paper1", "paper2"))],
    ),
]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.name)
def test_textbook(row: Row) -> None:
    found = weigh(row)
    assert (found.established.lower, found.possible.lower) == row.counts
    assert found.exact
    assert list(found.bottlenecks) == row.bottlenecks
    assert [circle.sources for circle in found.circular] == row.circles
    assert [(finding.kind, finding.sources) for finding in found.findings] == row.findings


def test_a_line_says_step_by_step_why_it_reads_as_it_does() -> None:
    row = Row(
        "", [chain("copy < wire <= voice", "RECORDED")], (1, 1), [Derivation("copy", "wire", "REPUBLISHES", True)]
    )
    (line,) = weigh(row).lines
    assert [(s.source, s.depth, s.relay) for s in line.stations] == [
        ("copy", 0, "DERIVATIONS_VERIFIED"),
        ("wire", 1, "HOP_VERIFIED"),
        ("voice", 2, None),
    ]
    assert [(s.lower, s.upper, s.by) for s in line.steps] == [
        ("copy", "wire", "DERIVATION"),
        ("copy", "wire", "HOP"),
        ("wire", "voice", "HOP"),
    ]


def test_published_before_what_it_relies_on() -> None:
    """Dates may be intervals: only what cannot be in order is said to be out of order, undated people between too."""
    published = {"early": (date(2024, 11, 28),) * 2, "late": (date(2024, 11, 30), date(2024, 12, 2))}
    sources = tuple(Source(key, published=days) for key, days in published.items())
    through = chain("early < someone < late")
    found = corroborate(Ground(sources, (), (through,))).supports
    assert found.findings == (Finding(Kind.ANACHRONISM, ("early", "late"), (through.key,)),)
    overlapping = (Source("early", published=(date(2024, 11, 28), date(2024, 11, 30))), sources[1])
    assert corroborate(Ground(overlapping, (), (through,))).supports.findings == ()


def test_a_dropped_line_names_the_one_that_stands_in_for_it() -> None:
    direct, through_paper = chain("witness", "WITNESSED"), chain("paper < witness", "WITNESSED")
    found = corroborate(Ground((), (), (through_paper, direct))).supports
    assert {(d.line, d.by, d.of) for d in found.dominated} == {
        (through_paper.key, direct.key, "ESTABLISHED"),
        (through_paper.key, direct.key, "POSSIBLE"),
    }
    assert [m.source for m in found.between(direct.key, through_paper.key)] == ["witness"]


def test_nothing_is_supported_by_nothing_and_context_bears_on_neither_side() -> None:
    result = corroborate(Ground((), (), (chain("map", "AUTHORED", stance="CONTEXT"),)))
    for found in (result.supports, result.contradicts):
        assert (found.established.upper, found.possible.upper, found.smallest_cut) == (0, 0, ())
    assert result.single_source
    assert not result.contested
