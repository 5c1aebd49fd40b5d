"""One page in the browser: opened, waited for, scrolled through, read and pictured, whatever it tries.

The page is a stranger's program. Nothing it does is waited for without an end, what it says about itself is read from
a world of scripts it cannot reach, and it is given a context of its own that is thrown away: no cookie, no cache, no
permission stays.
"""

import base64
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from sources.archiving.browser.banners import Came, Declining, script
from sources.archiving.browser.cdp import CommandRefused, Params
from sources.archiving.browser.frames import Document, frames_of, taken
from sources.archiving.browser.program import Browser
from sources.archiving.browser.recording import Recording
from sources.archiving.browser.scrolling import HOW_HIGH, LINE, scrolling
from sources.archiving.guard import Deadline
from sources.domain.captures import Handling

WIDTH, HEIGHT = 1280, 800
QUALITY = 60  # of a JPEG: half the bytes of 80, and small print can still be read
QUIET = 0.4  # seconds without a request, and the page counts as quiet
LET_GO = 4.0  # seconds in which a page's scripts must let somebody else have a turn
TICK = 0.02

# What would wait for a person who is not there, or act on when the page is gone.
BEFORE = """
window.print = () => {};
if (navigator.serviceWorker)
  navigator.serviceWorker.register = () => Promise.reject(new DOMException("not here", "SecurityError"));
"""


@dataclass(slots=True)
class Shown:
    """What came of a page. `html` is the document as it stood, scripts run; pictures are JPEG.

    `banner` names the rule by which its consent banner was known (banners.py), `frames` are the documents in it.
    """

    url: str = ""
    html: str = ""
    frames: tuple[Document, ...] = ()
    banner: str = ""
    viewport: bytes = b""
    fullpage: bytes = b""
    handling: list[Handling] = field(default_factory=list)
    restless: bool = False
    crashed: bool = False


class Visit:
    """`banners` is the folder of the rules by which consent banners are declined; without it they are left."""

    def __init__(self, browser: Browser, recording: Recording, deadline: Deadline, banners: Path | None = None) -> None:
        self._browser = browser
        self._pipe = browser.pipe
        self._recording = recording
        self._deadline = deadline
        self._banners = banners
        self._declining: Declining | None = None
        self._session = self._target = self._context = ""
        self._frame = self._loader = ""
        self._loaded = False
        self._is_theirs = True  # and not the browser's own words about an answer without any
        self._arrivals = self._stayed_at = 0
        self._height = 0.0  # with what is hidden in the box it scrolls in
        self.shown = Shown()

    def show(self, url: str, proxy: str, *, fullpage: bool) -> Shown:
        """Raises BrowserGone, and TimeoutError when the browser itself no longer answers."""
        try:
            self._open(proxy)
            self._go(url)
            if self._recording.file is None and not self.shown.crashed:
                self._settle()
                if self._arrivals > 1:
                    self._note(Handling.FOLLOWED_SCRIPT)
                self._decline()
                self._scroll()
                self._take(fullpage)
        finally:
            self._close()
        return self.shown

    def _open(self, proxy: str) -> None:
        place = {"proxyServer": f"http://{proxy}", "proxyBypassList": "<-loopback>", "disposeOnDetach": True}
        self._context = self._pipe.ask("Target.createBrowserContext", place)["browserContextId"]
        refuse = {"behavior": "deny", "browserContextId": self._context, "eventsEnabled": True}
        self._pipe.listen("", self._on_browser)
        self._pipe.tell("Browser.setDownloadBehavior", refuse)
        self._pipe.tell("Target.setDiscoverTargets", {"discover": True})
        blank = {"url": "about:blank", "browserContextId": self._context, "width": WIDTH, "height": HEIGHT}
        self._target = self._pipe.ask("Target.createTarget", blank)["targetId"]
        attached = self._pipe.ask("Target.attachToTarget", {"targetId": self._target, "flatten": True})
        self._session = attached["sessionId"]
        self._pipe.listen(self._session, self._on_page)
        size = {"width": WIDTH, "height": HEIGHT, "deviceScaleFactor": 1, "mobile": False}
        self._tell("Emulation.setDeviceMetricsOverride", size)
        self._tell("Emulation.setUserAgentOverride", {"userAgent": self._browser.user_agent})
        self._tell("Network.setBypassServiceWorker", {"bypass": True})
        self._tell("Page.addScriptToEvaluateOnNewDocument", {"source": BEFORE})
        self._tell("Inspector.enable")
        self._ask("Page.enable")

    def _go(self, url: str) -> None:
        with suppress(TimeoutError, CommandRefused):
            self._ask("Page.navigate", {"url": url}, patience=self._recording.limits.page_load)

    def _settle(self) -> None:
        limits = self._recording.limits
        self._wait(lambda: self._loaded, limits.page_load)
        if not self._lets_go():
            return
        quiet = self._wait(lambda: self._loaded and self._recording.quiet_for() >= QUIET, limits.page_quiet)
        self._note(Handling.WAITED_QUIET if quiet else Handling.STOPPED_WAITING)
        self._stayed_at = self._arrivals

    def _decline(self) -> None:
        if self.shown.crashed or self.shown.restless:
            return
        if self._banners is None:
            self._note(Handling.BANNERS_LEFT)
            return
        address = self._address
        came = self._declined(self._banners)
        self.shown.banner = came.rule
        self._note(came.handling)
        if self._address != address:
            self._note(Handling.BANNER_LED_AWAY)
            self._go(address)
            self._settle()

    def _declined(self, rules: Path) -> Came:
        try:
            self._declining = declining = Declining(script(rules), self._ask)
        except OSError:
            return Came(Handling.BANNER_FAILED)
        address = self._address
        came = self._declined_once(declining)
        if self._stands() and came.handling is Handling.BANNER_NOT_FOUND:
            return came
        was_left = not self._stands()
        self._settle()
        if was_left and self._address == address:  # loaded anew, as many are when their banner is refused
            again = self._declined_once(declining)
            return came if again.handling is Handling.BANNER_NOT_FOUND else again
        return came

    def _declined_once(self, declining: Declining) -> Came:
        try:
            frames = [frame.id for frame in frames_of(self._ask("Page.getFrameTree"))]
            return declining.decline(frames, stands=self._stands)
        except (TimeoutError, CommandRefused):
            return Came(Handling.BANNER_FAILED)

    def _stands(self) -> bool:
        return self._arrivals == self._stayed_at and not self.shown.crashed

    @property
    def _address(self) -> str:
        return self.shown.url.partition("#")[0]

    def _scroll(self) -> None:
        if self.shown.crashed or self.shown.restless:
            return
        limits = self._recording.limits
        end = time.monotonic() + min(limits.scroll, self._deadline.remaining())
        reached, whole = 0.0, False
        while not whole and reached < limits.scroll_pixels and (seconds := end - time.monotonic()) > 0:
            try:
                way = scrolling(reached, limits.scroll_pixels, seconds)
                reached = self._number_in_our_world(way, patience=seconds + LET_GO)
                self._wait_quiet()
                # What came by then may have made it longer.
                self._height = self._number_in_our_world(HOW_HIGH, patience=LET_GO)
                if reached < 0:
                    break
                whole = self._height <= reached
            except (TimeoutError, CommandRefused):
                if self._lets_go():
                    self._wait_quiet()
                break
        self._note(Handling.SCROLLED if whole else Handling.SCROLLED_IN_PART)

    def _wait_quiet(self) -> None:
        if not self._wait(lambda: self._recording.quiet_for() >= QUIET, self._recording.limits.page_quiet):
            self._note(Handling.STOPPED_WAITING)

    def _take(self, fullpage: bool) -> None:
        """From here on nothing is let through, and no script runs: the text and the pictures are of one moment."""
        self._recording.end()
        if self.shown.crashed or self.shown.restless:
            return
        try:
            self._tell("Emulation.setScriptExecutionDisabled", {"value": True})
            root = self._ask("DOM.getDocument", {"depth": 0}, patience=LET_GO * 2)["root"]["nodeId"]
            whole = {"nodeId": root, "includeShadowDOM": True}
            self.shown.html = self._ask("DOM.getOuterHTML", whole, patience=LET_GO * 2)["outerHTML"]
            frames = taken(self._ask, frames_of(self._ask("Page.getFrameTree")))
            self.shown.frames = frames.documents
            if not frames.whole:
                self._note(Handling.FRAMES_CUT)
            self.shown.viewport = self._picture()
            if fullpage:
                self.shown.fullpage = self._whole_picture()
        except (TimeoutError, CommandRefused):
            self.shown.restless = not self.shown.crashed
        self.shown.restless |= self._arrivals != self._stayed_at
        if self._arrivals != self._stayed_at or not self._is_theirs:  # what was taken is of another page, or of none
            self.shown.html, self.shown.frames, self.shown.viewport, self.shown.fullpage = "", (), b"", b""

    def _whole_picture(self) -> bytes:
        size = self._ask("Page.getLayoutMetrics")["cssContentSize"]
        height = min(int(size["height"]), self._recording.limits.picture_pixels)
        if height < int(size["height"]) or height + LINE < self._height:  # of a box, only the window is pictured
            self._note(Handling.PICTURE_CUT)
        if height <= HEIGHT:
            return self.shown.viewport
        clip = {"x": 0, "y": 0, "width": WIDTH, "height": height, "scale": 1}
        return self._picture({"clip": clip, "captureBeyondViewport": True})

    def _picture(self, more: Params | None = None) -> bytes:
        wanted = {"format": "jpeg", "quality": QUALITY, "optimizeForSpeed": True, **(more or {})}
        return base64.b64decode(self._ask("Page.captureScreenshot", wanted, patience=20)["data"])

    def _lets_go(self) -> bool:
        """Whether the page's scripts give way; one that does not end is stopped, once."""
        for stop in (False, True):
            if self.shown.crashed:
                return False
            if stop:
                self._note(Handling.SCRIPT_STOPPED)
                self._tell("Runtime.terminateExecution")
            with suppress(TimeoutError, CommandRefused):
                self._ask("Runtime.evaluate", {"expression": "1"}, patience=LET_GO)
                return True
        self.shown.restless = True
        return False

    def _number_in_our_world(self, script: str, patience: float) -> float:
        world = self._ask("Page.createIsolatedWorld", {"frameId": self._frame or self._target}, patience=LET_GO)
        run = {"expression": script, "contextId": world["executionContextId"], "awaitPromise": True}
        answer = self._ask("Runtime.evaluate", {**run, "returnByValue": True}, patience=patience)["result"].get("value")
        if not isinstance(answer, int | float):
            raise CommandRefused("Runtime.evaluate: no number")
        return answer

    def _wait(self, holds: Callable[[], bool], seconds: float) -> bool:
        end = time.monotonic() + min(seconds, self._deadline.remaining())
        while time.monotonic() < end and not self.shown.crashed and not self._pipe.gone.is_set():
            if holds():
                return True
            time.sleep(TICK)
        return False

    def _ask(self, method: str, params: Params | None = None, *, patience: float = 10.0) -> Params:
        most = min(patience, self._deadline.remaining())
        return self._pipe.ask(method, params, session=self._session, patience=most)

    def _tell(self, method: str, params: Params | None = None) -> None:
        self._pipe.tell(method, params, session=self._session)

    def _note(self, what: Handling) -> None:
        if what not in self.shown.handling:
            self.shown.handling.append(what)

    def _on_page(self, event: str, params: Params) -> None:
        if event == "Page.frameNavigated" and "parentId" not in params["frame"]:
            frame = params["frame"]
            self._frame, self._loaded = frame["id"], False
            self.shown.url = frame["url"]
            self._is_theirs = "unreachableUrl" not in frame
            self._arrivals += 1
        elif event == "Page.loadEventFired":
            self._loaded = True
        elif event == "Page.javascriptDialogOpening":
            self._note(Handling.DIALOG_DISMISSED)
            self._tell("Page.handleJavaScriptDialog", {"accept": False})
        elif event == "Runtime.bindingCalled" and self._declining is not None:
            self._declining.hear(params)
        elif event == "Inspector.targetCrashed":
            self.shown.crashed = True

    def _on_browser(self, event: str, params: Params) -> None:
        if event == "Browser.downloadWillBegin":
            self._note(Handling.DOWNLOAD_REFUSED)
        elif event == "Target.targetCreated":
            info = params["targetInfo"]
            if info["type"] == "page" and info.get("openerId") and info.get("browserContextId") == self._context:
                self._note(Handling.WINDOW_CLOSED)
                self._pipe.tell("Target.closeTarget", {"targetId": info["targetId"]})

    def _close(self) -> None:
        self._pipe.forget(self._session)
        self._pipe.forget("")
        if self._context:
            self._pipe.tell("Target.disposeBrowserContext", {"browserContextId": self._context})
