"""Consent banners declined, where the installation wants it: by autoconsent's rules, run in every frame of a page.

The rules click and hide in a world of scripts that the page does not reach (`banners.js`). What a page can do about it
is what it can do to a reader: show a button that does something else. So there is an end to the waiting, nothing is
accepted, what a frame answers is taken for one of a few words, and a page that was led away from is opened anew.
"""

import functools
import json
import queue
import re
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sources.archiving.browser.cdp import CommandRefused, Params
from sources.domain.captures import Handling

PROGRAM, RULES = "autoconsent.cjs.js", "compact-rules.json"
WORLD, WAY_OUT = "isnad", "isnadHears"
PATIENCE = 10.0  # seconds: the rules wait five of them for a banner that is announced and not shown
MOST_FRAMES = 20
MOST_EVALUATIONS = 100
_OURS = Path(__file__).with_name("banners.js")
_NAME = re.compile(r"[\w .+-]{1,80}")
# What came of it, the most telling first.
ENDS = {
    "declined": Handling.BANNER_DECLINED,
    "hidden": Handling.BANNER_HIDDEN,
    "failed": Handling.BANNER_FAILED,
    "none": Handling.BANNER_NOT_FOUND,
}
_ORDER = list(ENDS.values())

Ask = Callable[..., Params]


@dataclass(frozen=True, slots=True)
class Came:
    """`rule` is the name of autoconsent's rule, `words` where it was found by its words, or nothing."""

    handling: Handling
    rule: str = ""


def are_there(folder: Path) -> bool:
    return all((folder / name).is_file() for name in (PROGRAM, RULES))


@functools.cache
def script(folder: Path) -> str:
    """What runs in a frame. `folder` holds what `make setup` took of the package. Raises OSError without it."""
    program, rules = ((folder / name).read_text(encoding="utf-8") for name in (PROGRAM, RULES))
    library = f"(() => {{ const module = {{exports: {{}}}}; {program}\nreturn module.exports; }})()"
    return f"((library, rules) => {{ {_OURS.read_text(encoding='utf-8')} }})({library}, {rules})"


class Declining:
    """One page. `ask` sends a command to it; `hear` is given the parameters of each `Runtime.bindingCalled`."""

    def __init__(self, source: str, ask: Ask) -> None:
        self._source = source
        self._ask = ask
        self._heard: queue.SimpleQueue[tuple[int, str]] = queue.SimpleQueue()

    def hear(self, params: Params) -> None:
        self._heard.put((params["executionContextId"], params["payload"]))

    def decline(self, frames: Iterable[str], *, stands: Callable[[], bool]) -> Came:
        """In `frames`, by their ids, the page's own first. Ends once the page no longer `stands` as it was.

        A banner that reloads the page when it is refused ends so too, with BANNER_DECLINED: look again to be sure.
        """
        worlds = self._started(list(frames)[:MOST_FRAMES])
        top = next(iter(worlds), None)
        ends: list[Came] = []
        acted: Came | None = None
        end = time.monotonic() + PATIENCE
        left = MOST_EVALUATIONS
        while worlds and time.monotonic() < end and stands():
            try:
                world, said = self._heard.get(timeout=0.1)
            except queue.Empty:
                continue
            message = json.loads(said)
            if message["type"] == "ended":
                worlds.pop(world, None)
                ends.append(_came(message))
            elif message["type"] == "found":
                acted = _came({"what": "declined", **message})
            elif left:
                left -= 1
                self._evaluate(message, world, among_the_pages_own=world == top)
        if not stands():
            return acted or Came(Handling.BANNER_NOT_FOUND)
        if worlds:
            ends.append(Came(Handling.BANNER_FAILED, acted.rule if acted else ""))
        return min(ends, key=lambda came: _ORDER.index(came.handling), default=Came(Handling.BANNER_NOT_FOUND))

    def _started(self, frames: list[str]) -> dict[int, str]:
        """The worlds in which it runs, with the frames they are of."""
        worlds: dict[int, str] = {}
        for frame in frames:
            with suppress(CommandRefused, TimeoutError):  # the frame has gone, or does not let us in
                asked = {"frameId": frame, "worldName": WORLD}
                worlds[self._ask("Page.createIsolatedWorld", asked, patience=2)["executionContextId"]] = frame
        # Once for all that are there: without Runtime.enable, which pages can notice, none is added to later ones.
        self._ask("Runtime.removeBinding", {"name": WAY_OUT})
        self._ask("Runtime.addBinding", {"name": WAY_OUT, "executionContextName": WORLD})
        for world in list(worlds):
            if self._try({"expression": self._source, "contextId": world}, patience=4) is None:
                del worlds[world]
        return worlds

    def _evaluate(self, message: Params, world: int, *, among_the_pages_own: bool) -> None:
        """Some banners can only be asked through what the page itself defines; the answer is yes or no."""
        answer = False
        if among_the_pages_own:
            line = f"(async () => !!(await ({message['code']})))()"
            asked = {"expression": line, "awaitPromise": True, "returnByValue": True, "timeout": 1000}
            answer = (self._try(asked) or {}).get("value") is True
        told = f"isnadAnswers({json.dumps(message['id'])}, {json.dumps(answer)})"
        self._try({"expression": told, "contextId": world})

    def _try(self, asked: Params, patience: float = 2) -> Params | None:
        try:
            result: Params = self._ask("Runtime.evaluate", asked, patience=patience)["result"]
        except (CommandRefused, TimeoutError):
            return None
        return result


def _came(message: Params) -> Came:
    rule = str(message.get("rule") or "")
    return Came(ENDS.get(message.get("what", ""), Handling.BANNER_FAILED), rule if _NAME.fullmatch(rule) else "")
