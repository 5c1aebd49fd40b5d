"""What differs between two captures beside their texts, as rows of a table."""

from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.wording.languages import language_name
from sources.models import Capture
from sources.queries.comparing import Pair
from sources.wording.exchanges import lost


@dataclass(frozen=True, slots=True)
class Fact:
    """`is_address`: shown from left to right. `is_free`: words of the page itself, in whatever direction."""

    label: str
    earlier: Any
    later: Any
    is_address: bool = False
    is_free: bool = False

    @property
    def differs(self) -> bool:
        return bool(self.earlier != self.later)


def facts(pair: Pair) -> list[Fact]:
    """Those that differ first. When each was made is said elsewhere: no two are ever the same in that."""
    a, b = pair.earlier, pair.later
    found = [
        Fact(_("Title"), a.title, b.title, is_free=True),
        Fact(_("Author, as the page says"), a.author, b.author, is_free=True),
        Fact(_("Published, as the page says"), a.published, b.published, is_free=True),
        Fact(_("Requested address"), a.requested_url, b.requested_url, is_address=True),
        Fact(_("Led to"), a.final_url, b.final_url, is_address=True),
        Fact(_("By way of"), " → ".join(_way(a)), " → ".join(_way(b)), is_address=True),
        Fact(_("HTTP status"), a.http_status, b.http_status),
        Fact(_("State"), a.get_state_display(), b.get_state_display()),
        Fact(_("Media type"), a.media_type, b.media_type, is_address=True),
        Fact(_("Language"), _language(a), _language(b)),
        Fact(_("Things fetched"), _fetched(a), _fetched(b)),
        Fact(_("Engine"), a.get_engine_display(), b.get_engine_display()),
        Fact(_("Size"), filesizeformat(a.size or 0), filesizeformat(b.size or 0)),
    ]
    return sorted((fact for fact in found if fact.earlier or fact.later), key=lambda fact: not fact.differs)


def _way(capture: Capture) -> list[str]:
    """The addresses between the one asked for and the one that answered."""
    return [url for url in capture.redirects if url not in (capture.requested_url, capture.final_url)]


def _language(capture: Capture) -> str:
    return language_name(capture.language) if capture.language else ""


def _fetched(capture: Capture) -> str:
    number, without = len(capture.exchanges), lost(capture)
    said = [ngettext("%(number)d answer", "%(number)d answers", number) % {"number": number}]
    if gone := without.gone:
        said.append(ngettext("%(lost)d did not come", "%(lost)d did not come", gone) % {"lost": gone})
    if refused := without.refused:
        words = ngettext("%(number)d answered with an error", "%(number)d answered with an error", refused)
        said.append(words % {"number": refused})
    return ", ".join(said)
