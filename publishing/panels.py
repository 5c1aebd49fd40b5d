"""What this room adds to pages of the rooms below: releases on the page of a claim, of a case, and on one's desk."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from newsroom import permits
from newsroom.models import Case, Role, User
from newsroom.panels import Panel
from publishing.models import Publication
from publishing.queries import releases
from publishing.queries.leaving import RELEASABLE, releasable
from publishing.queries.releases import Shown, shown
from publishing.wording.releases import standing_since
from verification.models import Claim
from verification.places import on_cases, on_claims, on_desks

LATEST = 5
SHOWN = 10


@dataclass(frozen=True)
class Releases:
    """The `latest` of all `count`. `since` says how the claim stands now where it is not as it was released."""

    latest: list[Shown]
    count: int
    may_publish: bool
    of: Any
    since: Any = ""

    @property
    def earlier(self) -> int:
        return self.count - 1


@on_claims.register
def of_the_claim(user: User, claim: Claim) -> Panel | None:
    latest = shown(releases.of_claim(claim)[:LATEST])
    if not latest:
        return None  # that the first can be published is said as the next thing to do
    may = claim.state in RELEASABLE and permits.allows(user, "claim.publish", claim)
    content = Releases(latest, latest[0].release.number, may, claim, standing_since(claim))
    return Panel(_("Releases"), "publishing/_releases_of_claim.html", content)


@on_cases.register
def of_the_case(user: User, case: Case) -> Panel | None:
    """Those of the case as a whole; those of its claims stand with them on a page of their own."""
    may = permits.allows(user, "case.publish", case)
    if not case.publications.exists() and not (may and releasable(case).exists()):
        return None
    latest = shown(releases.of_case(case)[:1])
    count = latest[0].release.number if latest else 0
    return Panel(_("Releases"), "publishing/_releases_of_case.html", Releases(latest, count, may, case))


@on_desks.register
def not_so_any_more(user: User, desk: User) -> Panel | None:
    """For editors: of what is out, what its claim no longer bears."""
    if not Role(user.role).includes(Role.EDITOR):
        return None
    found = releases.no_longer_so(Publication.objects.visible_to(user)).select_related("claim", "case")
    latest = list(found[:SHOWN])
    since = [(release, standing_since(release.claim)) for release in latest if release.claim]
    return Panel(_("Published, and changed since"), "publishing/_changed_since.html", since) if since else None
