"""The one browser of this process: kept warm from page to page, renewed in time and after any fault.

A fresh one for every page costs a third of what can be captured; one that is never renewed grows.
"""

import atexit
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sources.archiving.browser.certificate import Pretender, make_pretender
from sources.archiving.browser.program import Browser

PAGES = 100


class Keeper:
    def __init__(self) -> None:
        self._lock = threading.Lock()  # one page at a time: two would share its memory and its end
        self._browser: Browser | None = None
        self._pretender: Pretender | None = None
        self._owner = 0

    @contextmanager
    def browser(self, program: Path, *, sandbox: bool, most_bytes: int) -> Iterator[tuple[Browser, Pretender]]:
        """A browser for one page, its last one if anything is raised or it is marked broken. Raises UnableToStart."""
        with self._lock:
            if self._owner != os.getpid():  # after a fork, what is here is the parent's
                self._browser, self._pretender, self._owner = None, make_pretender(), os.getpid()
            if self._browser is not None and not self._browser.answers():
                self.let_go()
            assert self._pretender is not None  # noqa: S101 - made with the owner
            if self._browser is None:
                self._browser = Browser(program, pin=self._pretender.pin, sandbox=sandbox, most_bytes=most_bytes)
            browser, whole = self._browser, False
            try:
                yield browser, self._pretender
                whole = not browser.broken
            finally:
                browser.pages += 1
                if not whole or browser.pages >= PAGES:
                    self.let_go()

    def let_go(self) -> None:
        if self._browser is not None and self._owner == os.getpid():
            self._browser.stop()
        self._browser = None


keeper = Keeper()
atexit.register(keeper.let_go)
