"""Marks what a document holds and nobody is shown, so that it is not taken for its text (archiving/unseen.py), and what
its style strikes through (archiving/struck.py).

It runs when no script of the page does any more, in a world that the page cannot reach, and asks nothing of what the
page could have put in the place of the browser's own names. What fades in when it is scrolled to has been shown. What
lies under something else, beside the window, or in the colour of its ground is not looked for.
"""

from collections.abc import Callable

from sources.archiving import struck, unseen
from sources.archiving.browser.cdp import CommandRefused, Params

PATIENCE = 4.0
_SCRIPT = (
    f"(() => {{ const UNSEEN = '{unseen.MARK}', STRUCK = '{struck.MARK}';"
    + """
const of = (kind, name) => {
  const found = Object.getOwnPropertyDescriptor(kind.prototype, name);
  return Function.prototype.call.bind(found.get ?? found.value);
};
const mark = of(Element, "setAttribute"), clear = of(Element, "removeAttribute"), has = of(Element, "hasAttribute");
const isVisible = of(Element, "checkVisibility");
const shadow = of(Element, "shadowRoot"), parent = of(Node, "parentNode"), walk = of(Document, "createTreeWalker");
const name = of(Element, "localName"), body = of(Document, "body");
const NO_TEXT = new Set(["script", "style", "noscript", "template", "title", "textarea", "option"]);
const up = el => {
  const above = parent(el);
  return above instanceof ShadowRoot ? above.host : above instanceof Element ? above : null;
};
const fades = el => {
  for (; el; el = up(el)) {
    const style = getComputedStyle(el);
    if (style.opacity === "0") return /[1-9]/.test(style.transitionDuration);
  }
  return false;
};
const NOTHING_HIDES = {visibilityProperty: true, opacityProperty: true}, BUT_FOR_OPACITY = {visibilityProperty: true};
const isShown = el => {
  const style = getComputedStyle(el);
  if (!isVisible(el, NOTHING_HIDES)) {
    if (style.display === "contents") return !up(el) || isShown(up(el));
    if (!isVisible(el, BUT_FOR_OPACITY) || !fades(el)) return false;
  }
  if (style.fontSize === "0px" || style.contentVisibility === "hidden") return false;
  return name(el) !== "details" || has(el, "open");
};
let many = 0;
const look = tree => {
  const elements = walk(document, tree, NodeFilter.SHOW_ELEMENT);
  for (let el; (el = elements.nextNode());) {
    clear(el, UNSEEN);
    clear(el, STRUCK);
    if (getComputedStyle(el).textDecorationLine.includes("line-through")) mark(el, STRUCK, "");
    const inside = shadow(el);
    if (inside) look(inside);
  }
  const texts = walk(document, tree, NodeFilter.SHOW_TEXT);
  let last = null;
  for (let text; (text = texts.nextNode());) {
    const el = parent(text);
    if (el === last || !(el instanceof Element) || !/\\S/.test(text.data)) continue;
    last = el;
    if (NO_TEXT.has(name(el)) || isShown(el)) continue;
    mark(el, UNSEEN, "");
    many += 1;
  }
};
if (body(document)) look(body(document));
return many;
})()"""
)


def mark_shown(ask: Callable[..., Params], frame: str) -> None:
    """In the document of a frame. Raises CommandRefused where it could not be looked through."""
    world = ask("Page.createIsolatedWorld", {"frameId": frame}, patience=PATIENCE)["executionContextId"]
    run = {"expression": _SCRIPT, "contextId": world, "returnByValue": True}
    if not isinstance(ask("Runtime.evaluate", run, patience=PATIENCE)["result"].get("value"), int):
        raise CommandRefused("Runtime.evaluate: no number")
