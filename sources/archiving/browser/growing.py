"""Whether the text of a page still grows, seen from a world of scripts that the page cannot reach.

A page that fetches its text piece by piece may be silent between two pieces, and one that asks for ever may show all
it has. So it is looked at the text: what counts is that it is longer than it ever was. A clock, or news that take turns
in one place, are soon as long as they get. Frames of other sites are not looked into.
"""

from collections.abc import Callable
from contextlib import suppress

from sources.archiving.browser.cdp import CommandRefused, Params

STILL = 1.0  # seconds in which a text that has come to its end does not grow
_PATIENCE = 2.0
_LOOK = """
(() => {
  const SAYS_NOTHING = new Set(["script", "style", "noscript"]);
  const letters = node => node.textContent.replace(/\\s+/g, "").length;
  const length = tree => {
    let sum = letters(tree);
    for (const el of tree.querySelectorAll("*")) {
      if (SAYS_NOTHING.has(el.localName)) sum -= letters(el);
      const inside = el.shadowRoot ?? el.contentDocument?.body;
      if (inside) sum += length(inside);
    }
    return sum;
  };
  const now = () => document.body ? length(document.body) : 0;
  let most = now(), grew = -Infinity;
  const look = () => {
    const found = now();
    if (found > most) [most, grew] = [found, performance.now()];
  };
  setInterval(look, 200);
  globalThis.secondsSinceItGrew = () => { look(); return Math.min(9999, (performance.now() - grew) / 1000); };
})()
"""

Ask = Callable[..., Params]


class Growing:
    """One document of the page, from the moment of `watch` on."""

    def __init__(self, ask: Ask) -> None:
        self._ask = ask
        self._world = 0

    def watch(self, frame: str) -> None:
        self._world = 0
        with suppress(TimeoutError, CommandRefused):
            asked = {"frameId": frame, "worldName": "isnad-growing"}
            self._world = self._ask("Page.createIsolatedWorld", asked, patience=_PATIENCE)["executionContextId"]
            self._evaluate(_LOOK)

    def since(self) -> float:
        """Seconds since it grew; many where it did not, or where the page lets nobody look."""
        with suppress(TimeoutError, CommandRefused):
            seconds = self._evaluate("secondsSinceItGrew()") if self._world else None
            if isinstance(seconds, int | float):
                return seconds
        return STILL

    def _evaluate(self, script: str) -> object:
        run = {"expression": script, "contextId": self._world, "returnByValue": True}
        return self._ask("Runtime.evaluate", run, patience=_PATIENCE)["result"].get("value")
