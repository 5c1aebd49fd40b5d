"""A claim's corroboration as JSON, as `manage.py corroboration` prints it (the case format, version 1)."""

from datetime import datetime
from typing import Any

from verification.domain.corroboration import StanceResult
from verification.models import Claim
from verification.queries.corroboration import Weighed
from verification.wording.corroboration import sentence
from verification.wording.names import plain


def as_json(claim: Claim, weighed: Weighed, as_of: datetime | None = None) -> dict[str, Any]:
    """Stances without standing evidence are left out. Sources by their key in the case file, else their reference."""
    sides = {stance: _side(side, weighed) for stance, side in weighed.sides if side.lines}
    return {
        "claim": claim.reference,
        "as_of": as_of.isoformat() if as_of else None,
        **sides,
        "contested": weighed.result.contested,
        "single_source": weighed.result.single_source,
    }


def _side(side: StanceResult, weighed: Weighed) -> dict[str, Any]:
    return {
        "established": side.established.lower,
        "possible": side.possible.upper,
        "exact": side.exact,
        "lines": len(side.lines),
        "origins": list(side.origins),
        "possible_origins": list(side.possible_origins),
        "bottlenecks": list(side.bottlenecks),
        "smallest_cut": list(side.smallest_cut),
        "circular": [list(circle.sources) for circle in side.circular],
        "findings": [{"kind": finding.kind.value, "sources": list(finding.sources)} for finding in side.findings],
        "sentence": plain(sentence(side, weighed.sources)),
    }
