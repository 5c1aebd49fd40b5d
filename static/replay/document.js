/* A PDF, captured or uploaded, drawn by PDF.js. The document runs nothing here: no scripts, no forms, no links, no
   annotations. Pages are drawn when they come into view, and those far away are dropped. */

import { Told, held, tell } from "./held.js";

const MOST_PAGES = 10_000;
const MOST_PIXELS = 1 << 23; // of one page as drawn; beyond that it is drawn coarser
const MOST_PIXELS_OF_IMAGE = 1 << 26;
const PATIENCE = 60_000; // milliseconds until the first page must be known
const NEVER_LARGER = 8;

const { body } = document;
const container = document.getElementById("container");
const bar = document.getElementById("bar");
const number = document.getElementById("number");
const here = (name) => new URL(`/-/pdfjs/${name}`, location.origin).href;
const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function opened(pdfjs) {
  pdfjs.GlobalWorkerOptions.workerSrc = here("legacy/build/pdf.worker.min.mjs");
  const data = new Uint8Array(await (await held()).arrayBuffer());
  const task = pdfjs.getDocument({
    data,
    enableXfa: false,
    isEvalSupported: false,
    disableAutoFetch: true,
    stopAtErrors: false,
    maxImageSize: MOST_PIXELS_OF_IMAGE,
    canvasMaxAreaInBytes: MOST_PIXELS_OF_IMAGE * 4,
    cMapUrl: here("cmaps/"),
    iccUrl: here("iccs/"),
    standardFontDataUrl: here("standard_fonts/"),
    wasmUrl: here("wasm/"),
    verbosity: pdfjs.VerbosityLevel.ERRORS,
  });
  task.onPassword = () => task.destroy().then(() => tell("locked"));
  const found = await task.promise;
  if (found.numPages > MOST_PAGES) {
    await task.destroy();
    throw new Told("long");
  }
  return found;
}

async function shown() {
  const pdfjs = await import(here("legacy/build/pdf.min.mjs"));
  globalThis.pdfjsLib = pdfjs; // where its viewer looks for it
  const { EventBus, PDFViewer } = await import(here("legacy/web/pdf_viewer.mjs"));
  const found = await Promise.race([opened(pdfjs), later(PATIENCE).then(() => Promise.reject(new Told("slow")))]);
  if (body.dataset.state === "locked") return;
  const eventBus = new EventBus();
  const viewer = new PDFViewer({
    container,
    eventBus,
    annotationMode: pdfjs.AnnotationMode.DISABLE,
    annotationEditorMode: pdfjs.AnnotationEditorType.DISABLE,
    enableAutoLinking: false,
    maxCanvasPixels: MOST_PIXELS,
    l10n: { translate() {}, pause() {}, resume() {}, get: async () => "" }, // its words are English; ours are in the page
  });
  eventBus.on("pagesinit", () => {
    viewer.currentScaleValue = "page-width";
    for (let at = 0; at < viewer.pagesCount; at++) {
      viewer.getPageView(at).div.setAttribute("aria-label", body.dataset.page.replace("{number}", at + 1));
    }
  });
  eventBus.on("pagechanging", ({ pageNumber }) => {
    number.value = pageNumber;
  });
  viewer.setDocument(found);
  steer(viewer, found.numPages);
  tell("shown");
}

function steer(viewer, pages) {
  const go = (page) => {
    viewer.currentPageNumber = Math.min(Math.max(page, 1), pages);
    number.value = viewer.currentPageNumber;
  };
  const acts = {
    before: () => go(viewer.currentPageNumber - 1),
    next: () => go(viewer.currentPageNumber + 1),
    smaller: () => viewer.decreaseScale(),
    larger: () => viewer.currentScale < NEVER_LARGER && viewer.increaseScale(),
    width: () => (viewer.currentScaleValue = "page-width"),
  };
  const keys = { n: "next", p: "before", "+": "larger", "=": "larger", "-": "smaller", 0: "width" };
  number.max = pages;
  document.getElementById("pages").textContent = pages.toLocaleString(document.documentElement.lang);
  number.addEventListener("change", () => go(Number.parseInt(number.value, 10) || 1));
  bar.addEventListener("click", ({ target }) => acts[target.closest("button")?.dataset.act]?.());
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target === number || !keys[event.key]) return;
    event.preventDefault();
    acts[keys[event.key]]();
  });
  new ResizeObserver(() => {
    if (viewer.currentScaleValue === "page-width") viewer.currentScaleValue = "page-width";
  }).observe(container);
  bar.hidden = false;
}

shown().catch((error) => {
  console.warn(error);
  if (body.dataset.state !== "locked") tell(error instanceof Told ? error.message : "broken");
});
