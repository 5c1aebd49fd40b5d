"""What passes between one page and the world: asked through the guard, kept byte for byte, listed where it failed."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus

from sources.archiving.browser.wanted import wanted
from sources.archiving.decoding import decoded
from sources.archiving.exchange import Asked, Exchange, exchange
from sources.archiving.fetch import REDIRECTS, Clock
from sources.archiving.guard import Deadline, Guard
from sources.archiving.media import guessed, is_html, media_type
from sources.archiving.wire import Purse
from sources.domain.captures import Missing, Reason, UnableToFetch, Wanted
from sources.domain.details import Detail, Said
from sources.domain.urls import Url, join


class Refused(Exception):
    """The browser is not to have that answer, and it is written down why."""


@dataclass(slots=True)
class _Open:
    """A request without its answer. `number` gives the order in which the page asked."""

    number: int
    url: str
    wanted: Wanted | None


class Recording:
    """Safe to be used by many threads: the browser asks for several things at once."""

    def __init__(self, url: str, guard: Guard, deadline: Deadline, clock: Clock, tls: ssl.SSLContext) -> None:
        self.url = url  # what was asked for
        self.limits = guard.limits
        self._guard = guard
        self._deadline = deadline
        self._clock = clock
        self._tls = tls
        self._purse = Purse(guard.limits.page_bytes)
        self._lock = threading.Lock()
        self._asked = 0
        self._open: dict[int, _Open] = {}
        self._kept: dict[int, Exchange] = {}
        self._missing: dict[str, Missing] = {}
        self._before: dict[str, tuple[str, ...]] = {}  # the URLs that first led to one by redirects
        self._hops: dict[str, int] = {}  # how many redirects in a row led there the last time
        self._moved_at = time.monotonic()
        self._ended = False
        self.file: Exchange | None = None  # where what was asked for is no page

    def ask(self, asked: Asked) -> Exchange:
        """The answer, after it was kept. Raises Refused, after it was written down why."""
        url = str(asked.url)
        with self._asking(url, wanted(url, asked.headers)) as opened:
            self._refuse_too_many(opened.number, url)
            answer = exchange(
                asked, self._guard, self._deadline.within(self.limits.request), self._clock(), self._tls, self._purse
            )
            try:
                self._refuse_bombs(answer)
            except UnableToFetch as unable:
                if unable.reason is not Reason.DECOMPRESSED_TOO_LARGE:
                    self._keep(opened.number, asked.url, answer)
                raise
            self._keep(opened.number, asked.url, answer)
            if answer.cut:
                self.miss(url, answer.cut, Detail(Said.ANSWER_CUT), opened.wanted)
            return answer

    def miss(self, url: str, reason: Reason, detail: str, of: Wanted | None) -> None:
        """Of those beyond the number that is allowed, only the first is listed."""
        key = reason if reason is Reason.TOO_MANY_RESOURCES else url
        with self._lock:
            if not self._ended:
                self._missing.setdefault(key, Missing(url, reason, detail, of))

    def quiet_for(self) -> float:
        """Seconds since the last answer; none while one is waited for."""
        with self._lock:
            return 0.0 if self._open else time.monotonic() - self._moved_at

    def end(self) -> None:
        """Nothing is kept from here on; what is still waited for is missing."""
        with self._lock:
            for each in self._open.values():
                late = Missing(each.url, Reason.DEADLINE_PASSED, Detail(Said.STILL_LOADING), each.wanted)
                self._missing.setdefault(each.url, late)
            self._ended = True

    @property
    def exchanges(self) -> tuple[Exchange, ...]:
        """In the order in which the page asked."""
        with self._lock:
            return tuple(self._kept[number] for number in sorted(self._kept))

    @property
    def missing(self) -> tuple[Missing, ...]:
        with self._lock:
            return tuple(self._missing.values())

    @property
    def has_ended(self) -> bool:
        with self._lock:
            return self._ended

    def is_of_first(self, url: str) -> bool:
        """Whether `url` is what was asked for, or where redirects led from there."""
        return url == self.url or self._before.get(url, ())[:1] == (self.url,)

    def led_to(self, url: str) -> tuple[str, ...]:
        """The URLs that redirected to `url`, in order."""
        with self._lock:
            return self._before.get(url, ())

    @contextmanager
    def _asking(self, url: str, of: Wanted | None) -> Iterator[_Open]:
        with self._lock:
            opened = _Open(self._asked, url, of)
            self._asked += 1
            self._open[opened.number] = opened
        try:
            yield opened
        except UnableToFetch as unable:
            self.miss(url, unable.reason, unable.detail, of)
            raise Refused from unable
        finally:
            with self._lock:
                del self._open[opened.number]
                self._moved_at = time.monotonic()

    def _refuse_too_many(self, number: int, url: str) -> None:
        with self._lock:
            hops, before = self._hops.get(url, 0), self._before.get(url, ())
        if hops > self.limits.redirects:
            reason = Reason.REDIRECT_LOOP if url in before else Reason.TOO_MANY_REDIRECTS
            raise UnableToFetch(reason, Detail(Said.MORE_REDIRECTS, most=self.limits.redirects))
        if number >= self.limits.requests:
            raise UnableToFetch(Reason.TOO_MANY_RESOURCES, Detail(Said.MORE_REQUESTS, most=self.limits.requests))

    def _refuse_bombs(self, answer: Exchange) -> None:
        """What would grow too large when unpacked is never shown to the browser, nor what it could not unpack."""
        if not answer.cut and answer.method != "HEAD":
            decoded(answer.body, answer.header("content-encoding") or "", self.limits.decompressed_bytes)

    def _keep(self, number: int, url: Url, answer: Exchange) -> None:
        with self._lock:
            if self._ended:
                return
            self._kept[number] = answer
            if answer.method == "GET" and answer.status < HTTPStatus.BAD_REQUEST and not answer.cut:
                self._missing.pop(answer.url, None)  # it came at a later try
            location = answer.header("location")
            if answer.status not in REDIRECTS or location is None:
                if self.file is None and self.is_of_first(answer.url) and not _is_page(answer):
                    self.file = answer
                return
            try:
                target = str(join(url, location))
            except UnableToFetch as unable:
                if unable.reason is Reason.URL_TOO_LONG:  # the browser takes longer ones
                    return
                self._before.setdefault(location, (*self._before.get(answer.url, ()), answer.url))
                self._missing.setdefault(location, Missing(location, unable.reason, unable.detail))
                raise Refused from unable
            self._before.setdefault(target, (*self._before.get(answer.url, ()), answer.url))
            self._hops[target] = self._hops.get(answer.url, 0) + 1


def _is_page(answer: Exchange) -> bool:
    return is_html(media_type(answer.header("content-type") or guessed(answer.body)))
