"""What acts made of chains, as sentences: the carrier, the hops and how the last one knows are told as one thing."""

from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from audit.telling import Composition
from sources.models import Source
from verification.domain.chains import Chain, Hop
from verification.models import Evidence
from verification.models import Hop as HopModel
from verification.queries.chains import party, said
from verification.wording.chains import chain_sentence


def chains_told(wanted: Collection[tuple[int, Any]]) -> Mapping[tuple[int, Any], Composition]:
    """By act and number of the evidence. Three queries, whatever the number of acts."""
    if not wanted:
        return {}
    numbers = {pk for _act, pk in wanted}
    rows = list(Evidence.history.filter(id__in=numbers).order_by("history_id"))
    hops: dict[tuple[int, int], list[Any]] = defaultdict(list)
    for hop in HopModel.history.filter(evidence_id__in=numbers).order_by("history_id"):
        hops[hop.act_id, hop.evidence_id].append(hop)
    sources = Source.objects.in_bulk(
        {row.source_id for row in (*rows, *(hop for each in hops.values() for hop in each))}
    )
    told: dict[tuple[int, Any], Composition] = {}
    for number in numbers:
        standing: dict[int, Any] = {}
        before = SafeString("")
        for act_id, row in {row.act_id: row for row in rows if row.id == number}.items():
            for hop in hops[act_id, number]:
                standing[hop.id] = hop
            after = chain_sentence(_chain(row, standing, sources)).html
            if (act_id, number) in wanted:
                told[act_id, number] = Composition(_("Chain"), before, after)
            before = after
    return told


def _chain(row: Any, standing: dict[int, Any], sources: dict[int, Source]) -> Chain:
    hops = sorted((hop for hop in standing.values() if hop.history_type != "-"), key=lambda hop: hop.position)
    steps = tuple(Hop(party(sources[hop.source_id]), hop.kind, hop.verified_relay) for hop in hops)
    return Chain(party(sources[row.source_id]), steps, said(row))
