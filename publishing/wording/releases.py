"""What a release is called, what it says in words, and how its claim stands since."""

from collections.abc import Mapping
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from newsroom.wording.text import isolated
from publishing.models import Publication
from sources.wording.dates import spoken
from verification.models import Claim, ClaimState, Verdict
from verification.wording.corroboration import pair

_SINCE: dict[str, str | Promise] = {
    ClaimState.PUBLISHED: "",
    ClaimState.DECIDED: gettext_lazy("The claim was ruled on again since. What is out carries the verdict before."),
    ClaimState.CLOSED: gettext_lazy("The claim was closed since. What is out stays as it was released."),
}
_OPEN_AGAIN = gettext_lazy("The claim was opened again since. What is out may no longer hold.")


def release_name(release: Publication) -> str:
    """ "Release 1", and for any later one "Release 2, a correction"."""
    values = {"number": release.number}
    return _("Release %(number)s, a correction") % values if release.is_correction else _("Release %(number)s") % values


def name_in_full(release: Publication) -> str:
    """The same where nothing around it says of what: "Release 1 of C-000002"."""
    if release.claim_id is None:
        return _("Release %(number)s of the case") % {"number": release.number}
    values = {"claim": Claim(pk=release.claim_id).reference, "number": release.number}
    return _("Release %(number)s of %(claim)s") % values


def claim_of(release: Publication) -> Claim:
    """The claim in the words it was released in, for what says a claim in the reader's language."""
    words = {name: release.content[name] for name in ("statement", "language", "translations")}
    return Claim(pk=release.claim_id, **words)


def standing_since(claim: Claim) -> str | Promise:
    """How a released claim stands now; "" where it stands as it was released."""
    return _SINCE.get(claim.state, _OPEN_AGAIN)


def ruled(verdict: Verdict) -> str:
    """By whom, under the name they are shown by today, and when."""
    values = {"name": isolated(verdict.ruled_by.name), "date": spoken(f"{verdict.ruled_at:%Y-%m-%d}")}
    return _("%(name)s, %(date)s.") % values


def counted(side: Mapping[str, Any]) -> str:
    """One side of a claim's corroboration as it is kept with a release: "3 accounts: 1 established, at most 1"."""
    if not side["lines"]:
        return _("No account")
    accounts = ngettext("%(number)d account", "%(number)d accounts", side["lines"]) % {"number": side["lines"]}
    # Translators: how many accounts there are, then how many lines they come down to.
    values = {"accounts": accounts, "lines": pair(side["established"][0], side["possible"][1])}
    return _("%(accounts)s: %(lines)s") % values
