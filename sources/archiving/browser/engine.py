"""The browser engine: one URL in, one capture out, with everything the page loads and what it looks like.

It ends as the HTTP engine's captures do (answer.py), and PARTIAL also says: something that the page asked for did not
come (`missing` lists it), a script had to be stopped, the page was not scrolled to its end, it would not stand still,
or it brought its browser down. In the last two cases what had arrived by then is kept, and its text is that of the
document as it was sent. Otherwise it is that of the page as it stood and of the frames it showed (frames.py).
"""

import ssl
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sources.archiving import wacz
from sources.archiving.answer import as_it_came, challenges, http_reason, is_fine, read, state_of
from sources.archiving.blobs import digest_of
from sources.archiving.browser.cdp import BrowserGone, CommandRefused
from sources.archiving.browser.frames import with_frames
from sources.archiving.browser.keeping import keeper
from sources.archiving.browser.proxy import Proxy
from sources.archiving.browser.recording import Recording
from sources.archiving.browser.visit import Shown, Visit
from sources.archiving.browser.wanted import wanted_by
from sources.archiving.exchange import Exchange, trusted_authorities
from sources.archiving.extract import Extracted, extract
from sources.archiving.fetch import Fetched
from sources.archiving.guard import Deadline, Guard, Resolver, resolve_by_system
from sources.archiving.limits import Limits
from sources.archiving.media import guessed, media_type
from sources.archiving.result import CaptureResult, now
from sources.archiving.walls import seen_in
from sources.archiving.warc import Resource
from sources.domain.captures import GONE, CaptureState, Handling, Missing, Reason, UnableToFetch
from sources.domain.details import Detail, Said
from sources.domain.urls import parse

ENGINE = "browser"
ENGINE_VERSION = "3"
ICON = "/favicon.ico"
WHOLE_WITHOUT = frozenset(Detail(Said.STATUS, status=status) for status in GONE)


@dataclass(frozen=True, slots=True)
class Setup:
    """Which browser, how it is started, and whether the picture of the whole page is wanted.

    `banners` is the folder of the rules by which consent banners are declined; without it they are left.
    """

    program: Path
    sandbox: bool = True
    fullpage: bool = False
    banners: Path | None = None


def capture(
    url: str,
    setup: Setup,
    *,
    limits: Limits | None = None,
    allow: frozenset[tuple[str, int]] = frozenset(),
    clock: Callable[[], datetime] = now,
    resolve: Resolver = resolve_by_system,
    tls: ssl.SSLContext | None = None,
    sign: wacz.Sign | None = None,
) -> CaptureResult:
    """As http_engine.capture, in a browser. Never raises over anything the URL, its server or the page do.

    Raises UnableToStart where the browser does not come up.
    """
    limits = limits or Limits()
    captured_at = clock()
    deadline = Deadline(limits.page_deadline)
    try:
        asked = str(parse(url))
        recording = Recording(asked, Guard(limits, allow, resolve), deadline, clock, tls or trusted_authorities())
        shown, version = _shown(asked, setup, recording, deadline)
        made = _Made(asked, captured_at, recording, shown, f"{ENGINE_VERSION} ({version})", limits, sign)
        return replace(made.result(), url=url)
    except UnableToFetch as unable:
        return CaptureResult(
            CaptureState.FAILED,
            url,
            captured_at,
            unable.reason,
            unable.detail,
            redirects=unable.redirects,
            engine=ENGINE,
            engine_version=ENGINE_VERSION,
        )


def _shown(url: str, setup: Setup, recording: Recording, deadline: Deadline) -> tuple[Shown, str]:
    most_bytes = recording.limits.browser_bytes
    with keeper.browser(setup.program, sandbox=setup.sandbox, most_bytes=most_bytes) as (browser, pretender):
        visit = Visit(browser, recording, deadline, setup.banners)
        try:
            with Proxy(recording, pretender) as proxy:
                visit.show(url, proxy.address, fullpage=setup.fullpage)
        except (BrowserGone, CommandRefused):
            visit.shown.crashed = True
        except (TimeoutError, UnableToFetch):
            visit.shown.restless = True
        browser.broken = visit.shown.crashed or visit.shown.restless
        return visit.shown, browser.version


@dataclass(frozen=True, slots=True)
class _Made:
    """A capture made of what was shown and what passed."""

    url: str
    at: datetime
    recording: Recording
    shown: Shown
    version: str
    limits: Limits
    sign: wacz.Sign | None

    def result(self) -> CaptureResult:
        """Raises UnableToFetch where there is no answer that could be the page."""
        if self.recording.file is not None:
            return self._file(self.recording.file)
        final = self._final()
        own = self._extracted(final)
        extracted = with_frames(own, self.shown.frames, self.limits)
        missing = self._missing(final)
        reason, detail = self._reason(final, extracted, missing, own.article or extracted.text)
        if state_of(final.status, reason) is CaptureState.FAILED:
            extracted = Extracted(reason=reason)
        packed = wacz.pack(
            self.recording.exchanges,
            title=extracted.title,
            text=extracted.text,
            software=f"Isnad {ENGINE} engine {self.version}",
            at=self.at,
            resources=self._resources(final),
            sign=self.sign,
        )
        return CaptureResult(
            state=state_of(final.status, reason),
            url=self.url,
            captured_at=self.at,
            reason=reason,
            detail=detail,
            final_url=final.url,
            redirects=self.recording.led_to(final.url),
            exchanges=self.recording.exchanges,
            http_status=final.status,
            media_type=media_type(final.header("content-type") or guessed(final.body)),
            title=extracted.title,
            text=extracted.text,
            language=extracted.language,
            author=extracted.author,
            published=extracted.published,
            text_digest=digest_of(extracted.text.encode()) if extracted.text else "",
            body_digest=digest_of(final.body),
            wacz=packed.data,
            wacz_digest=digest_of(packed.data),
            wacz_bodies=packed.bodies,
            engine=ENGINE,
            engine_version=self.version,
            viewport=self.shown.viewport,
            viewport_digest=digest_of(self.shown.viewport) if self.shown.viewport else "",
            fullpage=self.shown.fullpage,
            fullpage_digest=digest_of(self.shown.fullpage) if self.shown.fullpage else "",
            missing=missing,
            handling=tuple(self.shown.handling),
            banner=self.shown.banner,
        )

    def _file(self, final: Exchange) -> CaptureResult:
        before = self.recording.led_to(final.url)
        way = [each for each in self.recording.exchanges if each.url in before or each is final]
        return as_it_came(
            self.url,
            self.at,
            Fetched(tuple(way)),
            self.limits,
            engine=ENGINE,
            engine_version=self.version,
            handling=(Handling.TAKEN_AS_FILE,),
            sign=self.sign,
        )

    def _final(self) -> Exchange:
        """The answer that the browser shows, or else the last one on the way from what was asked for."""
        shown = self.shown.url.partition("#")[0]
        way = [each for each in self.recording.exchanges if self.recording.is_of_first(each.url)]
        for each in reversed(self.recording.exchanges):
            if each.url == shown:
                return each
        for gone in self.recording.missing:
            if self.recording.is_of_first(gone.url) and not (way and way[-1].cut):
                unable = UnableToFetch(gone.reason, gone.detail)
                unable.redirects = self.recording.led_to(gone.url)
                raise unable
        if way:
            return way[-1]
        reason = Reason.BROWSER_FAULT if self.shown.crashed else Reason.DEADLINE_PASSED
        raise UnableToFetch(reason, Detail(Said.BROWSER_ENDED if self.shown.crashed else Said.NO_ANSWER))

    def _extracted(self, final: Exchange) -> Extracted:
        """Of the document as it stands; of the one that was sent where none could be taken, or where it is no page."""
        if not self.shown.html or not is_fine(final.status) or challenges(final, self.limits):
            return read(final, self.limits)
        html = self.shown.html.encode("utf-8", "replace")[: self.limits.decompressed_bytes]
        return extract(html, "text/html; charset=utf-8", self.limits)

    def _missing(self, final: Exchange) -> tuple[Missing, ...]:
        """What was not answered, or with a refusal and not better later, but for what the browser asks by itself."""
        came = {
            (each.method, each.url): number for number, each in enumerate(self.recording.exchanges) if _is_whole(each)
        }
        refused = [
            Missing(
                each.url,
                http_reason(each.status),
                Detail(Said.STATUS, status=each.status),
                wanted_by(each.url, each.request),
            )
            for number, each in enumerate(self.recording.exchanges)
            if each.status >= 400 and each is not final and came.get((each.method, each.url), -1) < number
        ]
        found = {each.url: each for each in (*refused, *self.recording.missing)}
        return tuple(each for each in found.values() if each.url != final.url and not each.url.endswith(ICON))

    def _reason(
        self, final: Exchange, extracted: Extracted, missing: tuple[Missing, ...], text: str
    ) -> tuple[Reason | None, str]:
        """`text` is what a wall would be told by: what stands around it or in frames beside it makes no page of one."""
        if not is_fine(final.status):
            return extracted.reason, Detail(Said.STATUS, status=final.status)
        if extracted.reason is Reason.CHALLENGE_PAGE:
            return extracted.reason, ""
        if self.shown.crashed:
            return Reason.PAGE_CRASHED, ""
        if self.shown.restless or not self.shown.html:
            return Reason.PAGE_RESTLESS, ""
        if final.cut:
            return final.cut, ""
        if Handling.SCRIPT_STOPPED in self.shown.handling:  # which explains an empty text or shell as well
            return Reason.SCRIPT_STOPPED, ""
        if extracted.reason:
            return extracted.reason, ""
        if instead := seen_in(extracted.title, text, self.shown.html.encode("utf-8", "replace")):
            return instead, ""
        if any(each.detail not in WHOLE_WITHOUT for each in missing):
            return Reason.RESOURCES_MISSING, ""
        if Handling.SCROLLED_IN_PART in self.shown.handling:
            return Reason.SCROLLED_IN_PART, ""
        return None, ""

    def _resources(self, final: Exchange) -> tuple[Resource, ...]:
        """The documents as they stood when their text was taken, and the window, by the names that crawlers share.

        The picture of the whole page is as large as all the rest, and a file of its own is enough of it.
        """
        made = [
            (f"urn:dom:{final.url}", "text/html", self.shown.html.encode("utf-8", "replace")),
            (f"urn:view:{final.url}", "image/jpeg", self.shown.viewport),
        ]
        for number, frame in enumerate(self.shown.frames, 1):  # two may be of one address, and some of none
            made.append((f"urn:dom:{frame.url}#frame-{number}", "text/html", frame.html.encode("utf-8", "replace")))
        return tuple(Resource(name, kind, self.at, data) for name, kind, data in made if data)


def _is_whole(answer: Exchange) -> bool:
    return is_fine(answer.status) and not answer.cut
