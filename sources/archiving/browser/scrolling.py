"""Scrolls a page from its beginning to its end and back, whatever it scrolls in.

Most pages scroll in the window. Some scroll in a box that fills it, others are held by a banner that waits for an
answer, and a page can put itself back at its beginning each time. So it is looked at what moved.
"""

LINE = 20  # pixels: what hides less hides no line of text

# The boxes that a page scrolls in, as one column: the window, or the box that fills most of it, or both. One that
# people cannot scroll (a banner may hold it) scripts can: it counts where nothing else scrolls.
_COLUMN = (
    f"const LINE = {LINE};"
    + """
const view = document.scrollingElement ?? document.documentElement;
const hides = el => el.scrollHeight - el.clientHeight;
const found = new Set(), trees = new Set();
(function look(tree) {
  trees.add(tree);
  for (const el of tree.elementsFromPoint(innerWidth / 2, innerHeight / 2)) {
    if (el.shadowRoot && !trees.has(el.shadowRoot)) look(el.shadowRoot);
    for (let up = el; up && !found.has(up); up = up.assignedSlot ?? up.parentElement ?? up.getRootNode().host)
      found.add(up);
  }
})(document);
const flow = el => getComputedStyle(el).overflowY;
// A body that says how it flows says it of the window, unless the document says something itself.
const isWindow = el => el === view || el === document.documentElement
  || (el === document.body && flow(document.documentElement) === "visible");
const fills = el => 2 * el.clientWidth * Math.min(el.clientHeight, innerHeight) > innerWidth * innerHeight;
const boxes = [...found].filter(el => hides(el) > LINE && fills(el) && !isWindow(el));
boxes.sort((one, other) => hides(other) - hides(one));
const moves = hides(view) > LINE;
const box = boxes.find(el => ["auto", "scroll"].includes(flow(el)))
  ?? (moves ? undefined : boxes.find(el => flow(el) === "hidden"));
const column = box ? (moves ? [view, box] : [box]) : [view];
const height = el => el !== view || box ? el.scrollHeight
  : Math.max(document.documentElement?.scrollHeight ?? 0, document.body?.scrollHeight ?? 0);
const total = () => column.reduce((sum, el) => sum + height(el), 0);
"""
)
HOW_HIGH = f"(() => {{ {_COLUMN} return total(); }})()"
"""How high the page is, in all that it scrolls in."""
_SCROLL = """
(async (from, most, seconds) => {
  %s
  const frame = () => new Promise(done => {
    setTimeout(done, 100);
    requestAnimationFrame(() => requestAnimationFrame(done));
  });
  const end = performance.now() + seconds * 1000;
  let top = from, held = false;
  while (!held && top < Math.min(total(), most) && performance.now() < end) {
    let at = top, el = column[0];
    if (column[1] && at >= height(el)) { at -= height(el); el = column[1]; }
    el.scrollTo({top: at, behavior: "instant"});
    await frame();
    held = el.scrollTop < at / 2 && height(el) - el.scrollTop - el.clientHeight > LINE;
    top += Math.min(innerHeight, el.clientHeight || innerHeight);
  }
  for (const el of column) el.scrollTo({top: 0, behavior: "instant"});
  await frame();
  return held ? -1 : top;
})(%d, %d, %f)
"""


def scrolling(start: float, most: float, seconds: float) -> str:
    """The script that scrolls a page from `start` on, to its end if it can, and back.

    It answers how far it came, and -1 where the page does not move although more of it is hidden below.
    """
    return _SCROLL % (_COLUMN, start, most, seconds)
