"""How many independent lines support a claim, how many may, what they all pass through, and why.

The definition is docs/methods/corroboration.md, in words for a reader. Where its sentences can be read in more than one
way, the reading is chosen under which its laws hold (tests/domain/verification/test_corroboration_laws.py):

- **Where a line ends.** A first-hand basis makes the last stated source the origin, even if that source is on record as
  a derived work; a finding says so. An open chain that ends in a derived work is carried on by the derivations, so its
  possible origins are what stands at their top.
- **Only going round.** The works a derived work relies on are needed all together, so a line whose end leads back into
  a circle has no end: it is neither closed nor open and counts for nothing, whatever its basis says. If one way out of
  the circle were enough, recording a derivation could raise `possible`. A circle further down, among carriers, is named
  and drops nothing, because the stated chain leads out of it. The law on carrying an open chain further up is about
  chains that have an end.
- **Naming circles.** Two outlets that quote each other in two pieces of evidence are named as a circle. Neither line is
  dropped for it, or adding the second piece of evidence would lower the count.
- **Transparent.** Two lines meet in a source if neither of them has it as a verified relay: where one line was checked
  against what lies above, an error of the relay cannot bring both down. A hop says so for the one below it; in a chain
  that names a source twice, all its hops must say so.
- **Bottlenecks and cuts** leave verified relays out, since these cannot be wrong.
- **Control** is looked at between origins and for `established` only. Sources that only name the same owner elsewhere
  in the chain are a finding.
- **An inconsistent source** ends a line on one side and stands on the other. To carry both sides is a reporter's work.
"""

from .engine import Numbers, corroborate, count_lines
from .findings import Circle, Finding, Kind
from .ground import FIRST_HAND, Derivation, Evidence, Ground, Hop, Source, Stance
from .lines import By, Line, Relay, Station, Step
from .result import Cause, Corroboration, Count, Dominated, Meeting, Of, OpenEnd, StanceResult
from .work import LIMIT

__all__ = [
    "FIRST_HAND",
    "LIMIT",
    "By",
    "Cause",
    "Circle",
    "Corroboration",
    "Count",
    "Derivation",
    "Dominated",
    "Evidence",
    "Finding",
    "Ground",
    "Hop",
    "Kind",
    "Line",
    "Meeting",
    "Numbers",
    "Of",
    "OpenEnd",
    "Relay",
    "Source",
    "Stance",
    "StanceResult",
    "Station",
    "Step",
    "corroborate",
    "count_lines",
]
