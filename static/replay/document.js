/* A captured PDF, drawn by PDF.js. The document runs nothing here: no scripts, no forms, no links, no annotations.

   The bytes come out of the copy by the worker that also plays archived pages, so they are found, unpacked and followed
   through redirects as those are. Pages are drawn when they come into view, and those far away are dropped. */

const MOST_PAGES = 10_000;
const MOST_PIXELS = 1 << 23; // of one page as drawn; beyond that it is drawn coarser
const MOST_PIXELS_OF_IMAGE = 1 << 26;
const PATIENCE = 60_000; // milliseconds until the first page must be known
const NEVER_LARGER = 8;

const body = document.body;
const { source } = body.dataset;
const asked = new URLSearchParams(location.hash.slice(1));
const container = document.getElementById("container");
const bar = document.getElementById("bar");
const number = document.getElementById("number");
const here = (name) => new URL(`/-/pdfjs/${name}`, location.origin).href;
const later = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

class Told extends Error {}

function tell(what) {
  for (const each of document.querySelectorAll("[data-said]")) each.hidden = each.dataset.said !== what;
  body.dataset.state = what;
}

/* The worker that reads the copy has to rule this page before it is asked for the document. */
async function workerInCharge() {
  await navigator.serviceWorker.register("/sw.js?serveIndex=1", { scope: "/" });
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  }
  return navigator.serviceWorker.controller;
}

async function copyOpened(worker) {
  const name = "copy";
  const opened = new Promise((resolve, reject) => {
    navigator.serviceWorker.addEventListener("message", ({ data }) => {
      if (data?.msg_type === "collAdded" && data.name === name) resolve(name);
      if (data?.msg_type === "collProgress" && data.error) reject(new Told("unreadable"));
    });
  });
  navigator.serviceWorker.startMessages();
  const file = { sourceUrl: new URL(source, location.origin).href };
  worker.postMessage({ msg_type: "addColl", name, skipExisting: true, file });
  return opened;
}

/* As it was sent (`id_`), unpacked. */
async function documentOf(name) {
  const answer = await fetch(`/w/${name}/${asked.get("ts")}id_/${asked.get("url")}`);
  if (!answer.ok) throw new Told("unreadable");
  return new Uint8Array(await answer.arrayBuffer());
}

async function opened(pdfjs) {
  pdfjs.GlobalWorkerOptions.workerSrc = here("legacy/build/pdf.worker.min.mjs");
  const data = await documentOf(await copyOpened(await workerInCharge()));
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
