"""What differs between two captures beside their texts, as rows of a table."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.wording.languages import language_name
from sources.domain.uploads import FileKind
from sources.models import Capture, CaptureEngine
from sources.queries.comparing import Pair
from sources.wording.exchanges import lost


@dataclass(frozen=True, slots=True)
class Fact:
    """None is what nobody knows of that capture. `is_address`: shown from left to right. `is_free`: words of the page
    itself, in whatever direction. `is_same`: no difference, though the words are others.
    """

    label: str
    earlier: Any
    later: Any
    is_address: bool = False
    is_free: bool = False
    is_same: bool = False

    @property
    def sides(self) -> tuple[Any, Any]:
        return self.earlier, self.later

    @property
    def differs(self) -> bool:
        return bool(self.earlier != self.later) and not self.is_same and None not in (self.earlier, self.later)


def facts(pair: Pair) -> list[Fact]:
    """Those that differ first. When each was made is said elsewhere: no two are ever the same in that."""
    found = [
        _fact(pair, _("Title"), "title", is_free=True),
        _fact(pair, _("Author, as the page says"), "author", is_free=True),
        _fact(pair, _("Published, as the page says"), "published", is_free=True),
        _fact(pair, _("Requested address"), "requested_url", is_address=True),
        _fact(pair, _("Led to"), "final_url", is_address=True),
        _fact(pair, _("By way of"), "redirects", _way, is_address=True),
        _fact(pair, _("HTTP status"), "http_status", lambda capture: capture.http_status or ""),
        _fact(pair, _("State"), "state", Capture.get_state_display, is_same=pair.earlier.state == pair.later.state),
        _fact(pair, _("Media type"), "media_type", is_address=True),
        _fact(pair, _("Language"), "language", _language),
        _fact(pair, _("Things fetched"), "exchanges", _fetched),
        _fact(pair, _("Engine"), "engine", Capture.get_engine_display),
        _fact(pair, _("Size"), "size", lambda capture: filesizeformat(capture.size or 0)),
    ]
    return sorted((fact for fact in found if fact.earlier or fact.later), key=lambda fact: not fact.differs)


def _fact(pair: Pair, label: str, name: str, said: Callable[[Capture], Any] | None = None, **shown: bool) -> Fact:
    """`name` is the column that it is of, `said` its words, where they are not what stands there."""
    earlier, later = (
        None if name in _unknown(each) else said(each) if said else getattr(each, name)
        for each in (pair.earlier, pair.later)
    )
    return Fact(label, earlier, later, **shown)


def _unknown(capture: Capture) -> frozenset[str]:
    """Nobody here saw how the page of an upload was fetched, and the type of a container is not its page's."""
    if capture.engine != CaptureEngine.UPLOAD:
        return frozenset()
    names = {"redirects", "http_status", "exchanges"}
    if not capture.final_url:
        names.add("final_url")
    if capture.media_type in (FileKind.WACZ, FileKind.MHTML):
        names.add("media_type")
    if capture.media_type not in (FileKind.HTML, FileKind.MHTML):
        names |= {"author", "published"}
    return frozenset(names)


def _way(capture: Capture) -> str:
    """The addresses between the one asked for and the one that answered."""
    return " → ".join(url for url in capture.redirects if url not in (capture.requested_url, capture.final_url))


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
