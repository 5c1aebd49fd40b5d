"""The lines of one claim, or of many, as nodes and strands with their state in words."""

from collections import Counter
from collections.abc import Iterable, Sequence

from django.urls import reverse
from django.utils.translation import get_language_bidi
from django.utils.translation import gettext as _

from sources.models import Source, SourceKind
from sources.wording.names import name_of
from verification.domain import corroboration as engine
from verification.domain.picture import Edge, Kind, Line, Node, Picture, Stance, draw
from verification.models import Basis, Claim
from verification.queries.chains import party
from verification.queries.corroboration import Weighed
from verification.wording.names import carrier_name

DESK = "\0desk"
# A step by which a whole work was made from another: what it says can be compared with what that says.
_COMPARABLE = frozenset({"TRANSLATES", "REPUBLISHES", "SUMMARISES", "REVISES"})


def picture_of(claims: Sequence[tuple[Claim, Weighed]], *, width: float = 896) -> Picture:
    """One picture of all lines of these claims, supports first. Mirrored where the language runs that way."""
    drawn = [
        (claim, weighed, line) for claim, weighed in claims for _stance, side in weighed.sides for line in side.lines
    ]
    drawn.sort(key=lambda each: (each[2].evidence.stance is engine.Stance.CONTRADICTS, not each[2].closed))
    nodes = _Nodes()
    for _claim, weighed in claims:
        nodes.add(weighed)
    name, href = _("the desk"), ""
    if len(claims) == 1:
        name, href = f"C-{claims[0][0].pk}", reverse("claim-detail", args=[claims[0][0].reference])
    else:
        nodes.every_line = _in_every_line(drawn)
    desk = Node(DESK, name, kind=Kind.DESK, href=href)
    lines = [_line(claim, weighed, line) for claim, weighed, line in drawn]
    return draw([*nodes.all(), desk], lines, rtl=get_language_bidi(), width=width)


def _in_every_line(drawn: Sequence[tuple[Claim, Weighed, engine.Line]]) -> set[str]:
    """Of many claims: what all of it rests on, whichever claim it bears on."""
    rests = [{str(weighed.sources[key].pk) for key in line.rests_on} for _claim, weighed, line in drawn]
    return set.intersection(*rests) if len(rests) > 1 else set()


def _line(claim: Claim, weighed: Weighed, line: engine.Line) -> Line:
    key = {name: str(source.pk) for name, source in weighed.sources.items()}
    return Line(
        key=weighed.evidence[line.key].reference,
        stance=Stance(line.evidence.stance),
        closed=line.closed,
        carrier=key[line.evidence.carrier],
        edges=tuple(Edge(key[step.lower], key[step.upper], step.verified_relay) for step in line.steps),
        title=f"{claim.reference} · {weighed.evidence[line.key].reference}",
    )


class _Nodes:
    """Every source once, whichever lines pass it; it is what it is in the most telling of them."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}
        self.first_hand: dict[str, str] = {}
        self.open: dict[str, str] = {}
        self.every_line: set[str] = set()
        self.circle: set[str] = set()
        self.relays: dict[str, bool] = {}
        self.unchecked: set[str] = set()

    def add(self, weighed: Weighed) -> None:
        key = {name: str(source.pk) for name, source in weighed.sources.items()}
        for _stance, side in weighed.sides:
            if len(side.supporting) > 1:
                self.every_line.update(key[name] for name in side.bottlenecks)
            self.circle.update(key[name] for circle in side.circular for name in circle.sources)
            for line in side.lines:
                self._pass(line, weighed, key)

    def _pass(self, line: engine.Line, weighed: Weighed, key: dict[str, str]) -> None:
        for station in line.stations:
            pk = key[station.source]
            self.sources[pk] = weighed.sources[station.source]
            self.relays[pk] = self.relays.get(pk, True) and station.relay is not None
        for step in line.steps:
            if step.kind in _COMPARABLE and step.lower in line.rests_on:
                self.unchecked.add(key[step.lower])
        for end in line.ends:
            (self.first_hand if line.closed else self.open)[key[end]] = line.evidence.basis

    def all(self) -> Iterable[Node]:
        publishers = Counter(source.publisher_id for source in self.sources.values())
        for pk, source in self.sources.items():
            knows = pk in self.first_hand or pk in self.open
            by_itself = publishers[source.publisher_id] == 1 and str(source.publisher_id) not in self.sources
            yield Node(
                key=pk,
                # A carrier by its outlet, as people speak of it; who knows, by their own name.
                name=carrier_name(source) if by_itself and not knows else name_of(source),
                caption=self._caption(pk, source),
                kind=Kind.ORIGIN if pk in self.first_hand else Kind.OPEN_END if pk in self.open else Kind.CARRIER,
                href=party(source).href,
                bottleneck=pk in self.every_line,
                relay=self.relays[pk],
                circle=pk in self.circle,
            )

    def _caption(self, pk: str, source: Source) -> str:
        if pk in self.first_hand:
            return str(Basis(self.first_hand[pk]).label)
        if pk in self.open:
            return _not_said(self.open[pk], source)
        if pk in self.circle:
            return _("part of a circle")
        if self.relays[pk]:
            return _("checked against it")
        if pk in self.unchecked:
            return _("not checked against it")
        return _("every line passes here") if pk in self.every_line else ""


def _not_said(basis: str, source: Source) -> str:
    if basis in {Basis.INFERRED, Basis.TOLD}:
        return str(Basis(basis).label)
    if source.kind == SourceKind.PERSON:
        return _("how they know is not said")
    return _("how it knows is not said")
