"""A running browser: started without secrets, told to use no other door, watched, and gone with everything it started.

Three things end it: `stop`, the end of its pipe, and the death of the process that started it.
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress
from pathlib import Path

from sources.archiving.browser.cdp import BrowserGone, Pipe

START = 20.0  # seconds, on a busy machine
LOOK_EVERY = 0.5
PREFIX = "isnad-browser-"
_LAUNCHER = Path(__file__).with_name("launch.py")
NOWHERE = "http://127.0.0.1:1"  # the proxy of everything that is no page: the browser's own business stays undone
FEATURES_OFF = (
    "AutofillServerCommunication", "BackForwardCache", "CertificateTransparencyComponentUpdater",
    "DialMediaRouteProvider", "GlobalMediaControls", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades",
    "InterestFeedContentSuggestions", "LocalNetworkAccessChecks", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding",
    "PrivateNetworkAccessSendPreflights", "Translate", "WebTransport",
    # Parts of the browser's own window that are pages themselves: nobody sees them, and they cost each capture a fifth.
    "InitialWebUI", "PreloadTopChromeWebUI", "PreloadTopChromeWebUILessNavigations", "WebUIOmniboxFullPopup",
    "WebUIOmniboxPopup", "WebUIReloadButton", "WebUIToolbar",
)  # fmt: skip
# Those that the fetch standard blocks (https://fetch.spec.whatwg.org/#port-blocking).
PORTS = (
    "1,7,9,11,13,15,17,19,20,21,22,23,25,37,42,43,53,69,77,79,87,95,101,102,103,104,109,110,111,113,115,117,119,123,135,"
    "137,139,143,161,179,389,427,465,512,513,514,515,526,530,531,532,540,548,554,556,563,587,601,636,989,990,993,995,"
    "1719,1720,1723,2049,3659,4045,4190,5060,5061,6000,6566,6665,6666,6667,6668,6669,6679,6697,10080"
)
FLAGS = (
    "--headless", "--remote-debugging-pipe", "--no-first-run", "--no-default-browser-check", "--no-service-autorun",
    "--no-startup-window",
    # Whatever is no page asks nobody.
    "--disable-background-networking", "--disable-component-update", "--disable-client-side-phishing-detection",
    "--disable-default-apps", "--disable-extensions", "--disable-sync", "--disable-domain-reliability", "--no-pings",
    "--disable-breakpad", "--disable-crash-reporter", "--metrics-recording-only", "--disable-field-trial-config",
    # One door: no QUIC, no UDP of WebRTC, no names resolved here, loopback through the proxy as well.
    "--disable-quic", "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    f"--proxy-server={NOWHERE}", "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    # Which ports may be asked is for the guard to say, and to write down; the browser would keep it to itself.
    f"--explicitly-allowed-ports={PORTS}",
    # No devices, no sound, no questions.
    "--disable-gpu", "--mute-audio", "--deny-permission-prompts", "--disable-notifications", "--disable-speech-api",
    "--disable-prompt-on-repost", "--disable-search-engine-choice-screen", "--password-store=basic",
    "--use-mock-keychain", "--disable-print-preview", "--disable-dev-shm-usage",
    # A page nobody looks at is drawn all the same, and one page is one process with a bounded heap.
    "--disable-background-timer-throttling", "--disable-backgrounding-occluded-windows",
    "--disable-renderer-backgrounding", "--disable-site-isolation-trials", "--renderer-process-limit=2",
    "--js-flags=--max-old-space-size=512", "--hide-scrollbars", "--force-color-profile=srgb", "--lang=en-US",
    f"--disable-features={','.join(FEATURES_OFF)}",
)  # fmt: skip


class UnableToStart(Exception):
    """The browser did not come up; the message says how it ended."""


class Browser:
    def __init__(self, program: Path, *, pin: str, sandbox: bool, most_bytes: int) -> None:
        _sweep()
        self._profile = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
        self._most_bytes = most_bytes
        self.too_large = False
        self.pages = 0
        self.broken = False  # whoever used it found it so
        to_browser, ours_out = os.pipe()
        ours_in, from_browser = os.pipe()
        command = [
            str(program),
            *FLAGS,
            f"--user-data-dir={self._profile}",
            f"--ignore-certificate-errors-spki-list={pin}",
        ]
        command += [] if sandbox else ["--no-sandbox"]
        self._process = subprocess.Popen(
            [
                sys.executable,
                "-I",
                "-S",
                str(_LAUNCHER),
                str(to_browser),
                str(from_browser),
                str(os.getpid()),
                *command,
            ],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            cwd=self._profile,
            env=_environment(self._profile),
            pass_fds=(to_browser, from_browser),
            start_new_session=True,
        )
        os.close(to_browser)
        os.close(from_browser)
        self.pipe = Pipe(ours_in, ours_out)
        self._stopped = threading.Event()
        threading.Thread(target=self._watch, daemon=True).start()
        try:
            said = self.pipe.ask("Browser.getVersion", patience=START)
        except (BrowserGone, TimeoutError) as error:
            self.stop()
            raise UnableToStart(f"{program} ended with code {self._process.returncode}") from error

        self.version: str = said["product"]
        # As the same browser names itself to a person: many sites show a page that nobody watches something else.
        self.user_agent: str = said["userAgent"].replace("Headless", "")

    def answers(self) -> bool:
        """Whether it is there and would take a page. One that was killed a moment ago may not be known to be dead."""
        try:
            self.pipe.ask("Browser.getVersion", patience=LOOK_EVERY * 10)
        except (BrowserGone, TimeoutError):
            return False
        return self._process.poll() is None

    @property
    def pid(self) -> int:
        return self._process.pid

    def kill(self) -> None:
        """At once, with its whole process group. Whoever waits for an answer is told BrowserGone."""
        if self._process.poll() is None:
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)

    def stop(self) -> None:
        self._stopped.set()
        self.kill()
        self._process.wait()
        self.pipe.close()
        shutil.rmtree(self._profile, ignore_errors=True)

    def _watch(self) -> None:
        """A page that eats memory takes its browser with it, and nothing else."""
        while not self._stopped.wait(LOOK_EVERY):
            if self._process.poll() is None and _memory_of_all(self._process.pid) > self._most_bytes:
                self.too_large = True
                self.kill()


def _environment(home: Path) -> dict[str, str]:
    """No address of a database, no key, nobody's name."""
    return {"HOME": str(home), "TMPDIR": str(home), "PATH": os.defpath + ":/usr/local/bin", "LANG": "C.UTF-8"}


def family_of(pid: int) -> list[Path]:
    """`/proc/...` of the process and of all its descendants, as far as they are still there."""
    family = [pid]
    for each in family:
        with suppress(OSError, ValueError):
            for task in Path(f"/proc/{each}/task").iterdir():
                family += map(int, (task / "children").read_text().split())
    return [Path(f"/proc/{each}") for each in family]


def memory_of(process: Path) -> int:
    """Bytes that a process holds for itself alone; raises OSError or IndexError where it has ended meanwhile."""
    return int((process / "status").read_text().partition("RssAnon:")[2].split(None, 1)[0]) * 1024


def _memory_of_all(pid: int) -> int:
    total = 0
    for process in family_of(pid):
        with suppress(OSError, IndexError):
            total += memory_of(process)
    return total


def _sweep() -> None:
    """Profiles whose process was killed before it could remove them."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        if owner.isdigit() and not Path(f"/proc/{owner}").exists():
            shutil.rmtree(folder, ignore_errors=True)
