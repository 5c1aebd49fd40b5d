// The reader of a captured text: what is selected, by mouse, finger or keyboard, is told to the form under the text in
// code points of that text. The server looks whether those words stand there.
//
// Not all that is on the page is in the text: references to claims stand beside it ([data-beside]), and a hidden
// character shows its name (.hidden-character, whose title has its number).
const MOST_WORDS = 500;
const SHOWN = 160;

const text = document.querySelector("#words[data-reader]");
const bar = document.getElementById("selection");
const paragraphs = () => [...text.querySelectorAll("p[data-start]")];

const parts = (paragraph) => {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  const found = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (node.parentElement.closest("[data-beside]")) continue;
    const hidden = node.parentElement.closest(".hidden-character");
    const points = hidden ? [String.fromCodePoint(parseInt(hidden.title.slice(2), 16))] : [...node.data];
    found.push({ node, points, whole: Boolean(hidden) });
  }
  return found;
};

const points = (paragraph) => parts(paragraph).flatMap((part) => part.points);

// How many code points of the paragraph stand before a boundary of a range.
const before = (paragraph, container, offset) => {
  const range = document.createRange();
  range.setStart(paragraph, 0);
  range.setEnd(container, offset);
  let count = 0;
  for (const part of parts(paragraph)) {
    if (part.node === container) return count + (part.whole ? Math.min(offset, 1) : [...part.node.data.slice(0, offset)].length);
    if (range.comparePoint(part.node, part.node.length) > 0) return count;
    count += part.points.length;
  }
  return count;
};

const selected = () => {
  const selection = getSelection();
  if (!selection.rangeCount || selection.isCollapsed) return null;
  const range = selection.getRangeAt(0);
  const touched = paragraphs().filter((paragraph) => range.intersectsNode(paragraph));
  if (!touched.length) return null;
  const [first, last] = [touched[0], touched.at(-1)];
  const from = first.contains(range.startContainer) ? before(first, range.startContainer, range.startOffset) : 0;
  const to = last.contains(range.endContainer) ? before(last, range.endContainer, range.endOffset) : points(last).length;
  const words = touched.map((paragraph) =>
    points(paragraph).slice(paragraph === first ? from : 0, paragraph === last ? to : undefined).join(""),
  );
  const joined = words.join("\n");
  if (!joined.trim()) return null;
  return { start: Number(first.dataset.start) + from, end: Number(last.dataset.start) + to, words: joined };
};

const show = () => {
  if (bar.contains(document.activeElement)) return;
  const passage = selected();
  bar.hidden = !passage;
  if (!passage) return;
  bar.elements.start.value = passage.start;
  bar.elements.end.value = passage.end;
  bar.elements.words.value = [...passage.words].slice(0, MOST_WORDS).join("");
  const shown = [...passage.words.replace(/\s+/g, " ").trim()];
  const rest = shown.length > SHOWN ? ["…", ...shown.slice(-SHOWN / 4)] : [];
  bar.querySelector("bdi").textContent = [...shown.slice(0, SHOWN), ...rest].join("");
};

// By keyboard: a word, or a sentence of words, is selected at any time; it moves, or with Shift it grows. The signs at
// its ends are taken along, for without them a question is a statement; one by one they can be left out again.
let anchor = null;
let focus = null;
let without = { start: 0, end: 0 };

// A sign belongs to the word it is written to, but for those that only part it from others. Those that close or open
// something belong there with a blank between, too, and where words are written without one.
const PARTING = String.raw`,;:،؛–—•/|`;
const SIGN = String.raw`[^\s\p{L}\p{M}\p{N}]`;
const WRITTEN_TO_IT = String.raw`[^\s\p{L}\p{M}\p{N}${PARTING}]`;
const CLOSING = String.raw`[\p{Pe}\p{Pf}.?!؟…]`;
const OPENING = String.raw`[\p{Ps}\p{Pi}¿¡]`;
const BEHIND = new RegExp(
  `(?:${SIGN}*${WRITTEN_TO_IT}(?=[${PARTING}]*(?:\\s|$))|${CLOSING}*)(?:\\s+${CLOSING}+(?=\\s|$))*`,
  "uy",
);
const BEFORE = new RegExp(
  `(?:(?<=^|\\s)${OPENING}+\\s+)*(?:(?<=(?:^|\\s)[${PARTING}]*)${WRITTEN_TO_IT}${SIGN}*|${OPENING}*)$`,
  "u",
);
const CLOSING_BEFORE = new RegExp(`^\\s*(?:${CLOSING}+\\s+)*`, "u");

const cut = (paragraph) => {
  const found = parts(paragraph);
  const nodes = found.map((part) => part.node);
  // The name of a hidden character is no word.
  const flat = found.map((part) => (part.whole ? " ".repeat(part.node.length) : part.node.data)).join("");
  const language = text.closest("[lang]").lang || undefined;
  const segments = (granularity) => [...new Intl.Segmenter(language, { granularity }).segment(flat)];
  const words = segments("word")
    .filter((segment) => segment.isWordLike)
    .map(({ index, segment }) => ({ start: index, end: index + segment.length }));
  const sentences = segments("sentence")
    .map(({ index, segment }) => ({
      first: words.findIndex((word) => word.start >= index),
      last: words.findLastIndex((word) => word.start < index + segment.length),
      start: index + segment.match(CLOSING_BEFORE)[0].length,
      end: index + segment.trimEnd().length,
    }))
    .filter(({ first, last }) => first >= 0 && last >= first);
  return { nodes, flat, words, sentences };
};

// Where a word ends, or begins, with its signs; at the edge of its sentence, with all that this has beyond it.
const withSigns = ({ flat, words, sentences }, at, edge) => {
  const word = words[at];
  if (edge === "end") {
    BEHIND.lastIndex = word.end;
    const sentence = sentences.find(({ last }) => last === at);
    return Math.max(word.end + BEHIND.exec(flat)[0].length, sentence?.end ?? 0);
  }
  const sentence = sentences.find(({ first }) => first === at);
  return Math.min(word.start - flat.slice(0, word.start).match(BEFORE)[0].length, sentence?.start ?? word.start);
};

// The same, less as many signs as are to be left out; after the last of them all are back.
const edgeOf = (pieces, at, edge) => {
  const outer = withSigns(pieces, at, edge);
  const inner = pieces.words[at][edge];
  const signs = [...pieces.flat.slice(Math.min(outer, inner), Math.max(outer, inner)).matchAll(/\S/gu)];
  const left = without[edge] % (signs.length + 1);
  if (!left) return outer;
  if (left === signs.length) return inner;
  const [from, last] = edge === "end" ? [inner, signs[signs.length - 1 - left]] : [outer, signs[left]];
  return from + last.index + (edge === "end" ? last[0].length : 0);
};

const boundary = (paragraph, word, edge) => {
  const pieces = cut(paragraph);
  const { nodes } = pieces;
  let left = edgeOf(pieces, word, edge);
  for (const node of nodes) {
    if (left < node.length || (left === node.length && edge === "end")) return [node, left];
    left -= node.length;
  }
  return [nodes.at(-1), nodes.at(-1).length];
};

const precedes = (one, other) => {
  const all = paragraphs();
  return (all.indexOf(one.paragraph) - all.indexOf(other.paragraph) || one.word - other.word) <= 0;
};

const select = () => {
  const [from, to] = precedes(anchor, focus) ? [anchor, focus] : [focus, anchor];
  getSelection().setBaseAndExtent(
    ...boundary(from.paragraph, from.word, "start"),
    ...boundary(to.paragraph, to.word, "end"),
  );
  const caret = document.createRange();
  caret.setStart(...boundary(focus.paragraph, focus.word, "start"));
  caret.setEnd(...boundary(focus.paragraph, focus.word, "end"));
  const { top, bottom } = caret.getBoundingClientRect();
  const room = innerHeight - 160;
  if (top < 40 || bottom > room) scrollBy({ top: top - room / 2 });
};

const beside = (paragraph, step) => {
  const all = paragraphs();
  for (let at = all.indexOf(paragraph) + step; all[at]; at += step) if (cut(all[at]).words.length) return all[at];
  return null;
};

// Where to begin: at the word last selected, or at the first word in sight.
const beginning = () => {
  if (focus?.paragraph.isConnected) return;
  const inSight = paragraphs().find((paragraph) => paragraph.getBoundingClientRect().bottom > 60 && cut(paragraph).words.length);
  focus = inSight ? { paragraph: inSight, word: -1 } : null;
};

const byWord = (step, grows) => {
  const { words } = cut(focus.paragraph);
  const word = focus.word + step;
  if (words[word]) focus = { ...focus, word };
  else {
    const next = beside(focus.paragraph, step);
    if (!next) return;
    focus = { paragraph: next, word: step > 0 ? 0 : cut(next).words.length - 1 };
  }
  if (!grows || anchor === null) anchor = focus;
};

const bySentence = (step, grows) => {
  const { sentences } = cut(focus.paragraph);
  const here = sentences.findIndex(({ first, last }) => first <= focus.word && focus.word <= last);
  const edge = step > 0 ? "last" : "first";
  const unfinished = grows && here >= 0 && sentences[here][edge] !== focus.word;
  let paragraph = focus.paragraph;
  let sentence = unfinished ? sentences[here] : sentences[here + step];
  if (!sentence) {
    paragraph = beside(paragraph, step);
    if (!paragraph) return;
    sentence = cut(paragraph).sentences.at(step > 0 ? 0 : -1);
  }
  if (!grows || anchor === null) anchor = { paragraph, word: step > 0 || !grows ? sentence.first : sentence.last };
  focus = { paragraph, word: grows ? sentence[edge] : sentence.last };
};

const LEAVES_OUT = { Backspace: "end", Delete: "start" };

const keys = (event) => {
  if (event.target !== text || event.ctrlKey || event.altKey || event.metaKey) return;
  if (event.key === "Enter" && !bar.hidden) bar.requestSubmit();
  else if (event.key === "Escape") clear();
  else if (event.key.startsWith("Arrow")) {
    beginning();
    if (!focus) return;
    const forward = getComputedStyle(focus.paragraph).direction === "rtl" ? "ArrowLeft" : "ArrowRight";
    if (event.key === "ArrowDown" || event.key === "ArrowUp") bySentence(event.key === "ArrowDown" ? 1 : -1, event.shiftKey);
    else byWord(event.key === forward ? 1 : -1, event.shiftKey);
    without = { start: 0, end: 0 };
    if (focus.word >= 0) select();
  } else if (event.key in LEAVES_OUT && anchor) {
    without[LEAVES_OUT[event.key]] += 1;
    select();
  } else return;
  event.preventDefault();
};

const clear = () => {
  getSelection().removeAllRanges();
  anchor = focus = null;
  bar.hidden = true;
};

if (text && bar) {
  document.addEventListener("selectionchange", () => requestAnimationFrame(show));
  text.addEventListener("keydown", keys);
  // The mouse begins anew, wherever the keyboard was.
  text.addEventListener("pointerdown", () => (anchor = focus = null));
  // Pressing a button of the bar must not take the selection away.
  bar.addEventListener("pointerdown", (event) => event.preventDefault());
  bar.addEventListener("mousedown", (event) => event.preventDefault());
  bar.querySelector("[data-clear]").addEventListener("click", () => {
    clear();
    text.focus();
  });
}

// What was asked for has come: it is where the eyes and the screen reader go.
document.addEventListener("htmx:afterSettle", (event) => {
  if (event.detail.elt?.id !== "making") return;
  const heading = document.getElementById("making-heading");
  heading.focus({ preventScroll: true });
  const beside = matchMedia("(width >= 1100px)").matches; // else it lies below the text
  heading.scrollIntoView({ block: beside ? "nearest" : "start" });
});
