"""From the ground to the answer: complete the lines, count them, and say why."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .cuts import bottlenecks, smallest_cut
from .findings import circles, findings
from .ground import Ground, Source, Stance, all_controllers, derivations_by_downstream
from .independence import Packing, largest_disjoint
from .lines import Line, complete
from .result import Cause, Corroboration, Count, Dominated, Meeting, Of, OpenEnd, StanceResult
from .work import LIMIT, Work


@dataclass(frozen=True, slots=True)
class Numbers:
    """Both counts of one side, with the packings behind them and the work they took."""

    established: Count
    possible: Count
    certain: Packing
    likely: Packing
    work: int


def corroborate(ground: Ground, *, work_limit: int = LIMIT) -> Corroboration:
    """Both sides of the claim that `ground` is about. `work_limit` holds for each count and each cut, in steps."""
    sources = {source.key: source for source in ground.sources}
    supports, contradicts = _lines(ground, Stance.SUPPORTS), _lines(ground, Stance.CONTRADICTS)
    return Corroboration(
        supports=_weigh(Stance.SUPPORTS, supports, contradicts, sources, work_limit),
        contradicts=_weigh(Stance.CONTRADICTS, contradicts, supports, sources, work_limit),
    )


def count_lines(ground: Ground, stance: Stance, *, work_limit: int = LIMIT) -> Numbers:
    """The counts of one side alone, for whoever asks many times."""
    supporting = [line for line in _lines(ground, stance) if not line.goes_round]
    return _numbers(supporting, _hands(supporting, {source.key: source for source in ground.sources}), work_limit)


def _lines(ground: Ground, stance: Stance) -> list[Line]:
    upstream = derivations_by_downstream(ground.derivations)
    evidence = sorted((item for item in ground.evidence if item.stance is stance), key=lambda item: item.key)
    return [complete(item, upstream) for item in evidence]


def _hands(lines: Sequence[Line], sources: Mapping[str, Source]) -> dict[str, set[str]]:
    """For each closed line, its origin and everyone who controls that."""
    return {line.key: {line.ends[0]} | all_controllers(line.ends[0], sources) for line in lines if line.closed}


def _numbers(supporting: Sequence[Line], hands: Mapping[str, set[str]], work_limit: int) -> Numbers:
    for_likely, for_certain = Work(work_limit), Work(work_limit)
    likely = largest_disjoint([line.rests_on for line in supporting], for_likely)
    certain = largest_disjoint(
        [line.rests_on | {_hand(controller) for controller in hands[line.key]} for line in supporting if line.closed],
        for_certain,
    )
    return Numbers(
        established=Count(len(certain.chosen), min(certain.upper, likely.upper)),
        possible=Count(max(len(likely.chosen), len(certain.chosen)), likely.upper),
        certain=certain,
        likely=likely,
        work=for_likely.done + for_certain.done,
    )


def _weigh(
    stance: Stance, lines: list[Line], others: list[Line], sources: Mapping[str, Source], work_limit: int
) -> StanceResult:
    supporting = [line for line in lines if not line.goes_round]
    closed = [line for line in supporting if line.closed]
    hands = _hands(supporting, sources)
    numbers = _numbers(supporting, hands, work_limit)
    for_cut = Work(work_limit)
    cut = smallest_cut(supporting, for_cut)
    certain_keys = tuple(closed[index].key for index in numbers.certain.chosen)
    likely_keys = tuple(supporting[index].key for index in numbers.likely.chosen)
    return StanceResult(
        stance=stance,
        lines=tuple(lines),
        established=numbers.established,
        possible=numbers.possible,
        established_by=certain_keys,
        possible_by=max(likely_keys, certain_keys, key=len),
        origins=tuple(sorted({end for line in closed for end in line.ends})),
        possible_origins=tuple(sorted({end for line in supporting if line.open for end in line.ends})),
        bottlenecks=bottlenecks(supporting),
        smallest_cut=cut.sources,
        cut_is_smallest=cut.smallest,
        circular=circles(lines),
        findings=findings(lines, others, sources),
        meetings=_meetings(supporting, hands),
        open_ends=tuple(OpenEnd(line.key, line.ends) for line in supporting if line.open),
        dominated=(
            _dominated(numbers.certain, closed, Of.ESTABLISHED) + _dominated(numbers.likely, supporting, Of.POSSIBLE)
        ),
        work=numbers.work + for_cut.done,
    )


def _hand(controller: str) -> str:
    """The name of a controlling hand among the things two closed lines must not share, apart from all sources."""
    return f"\0{controller}"


def _meetings(lines: Sequence[Line], hands: Mapping[str, set[str]]) -> tuple[Meeting, ...]:
    through: dict[tuple[Cause, str], list[str]] = defaultdict(list)
    for line in lines:
        for source in line.rests_on:
            through[Cause.SHARED_SOURCE, source].append(line.key)
        for controller in hands.get(line.key, ()):
            through[Cause.COMMON_CONTROL, controller].append(line.key)
    origin = {line.key: line.ends[0] for line in lines if line.closed}
    return tuple(
        Meeting(cause, source, tuple(keys))
        for (cause, source), keys in sorted(through.items())
        if len(keys) > 1 and (cause is Cause.SHARED_SOURCE or len({origin[key] for key in keys}) > 1)
    )


def _dominated(packing: Packing, lines: Sequence[Line], of: Of) -> tuple[Dominated, ...]:
    return tuple(Dominated(lines[loser].key, lines[winner].key, of) for loser, winner in packing.dropped)
