/* What is shown here: the one file that was captured or uploaded, and what is said where it cannot be shown.

   What was captured comes out of the copy by the worker that also plays archived pages, so it is found, unpacked and
   followed through redirects as those are; its address stands behind the #. A file that was uploaded is the file. */

const { body } = document;
const asked = new URLSearchParams(location.hash.slice(1));

export class Told extends Error {}

export function tell(what) {
  for (const each of document.querySelectorAll("[data-said]")) each.hidden = each.dataset.said !== what;
  body.dataset.state = what;
}

/* The answer that holds it. Raises Told with what to say. */
export async function held() {
  const answer = asked.has("url") ? await outOfTheCopy(await workerInCharge()) : await fetch(body.dataset.file);
  if (!answer.ok) throw new Told("unreadable");
  return answer;
}

/* The worker that reads the copy has to rule this page before it is asked for anything. */
async function workerInCharge() {
  await navigator.serviceWorker.register("/sw.js?serveIndex=1", { scope: "/" });
  await navigator.serviceWorker.ready;
  if (!navigator.serviceWorker.controller) {
    await new Promise((resolve) => navigator.serviceWorker.addEventListener("controllerchange", resolve, { once: true }));
  }
  return navigator.serviceWorker.controller;
}

/* As it was sent (`id_`), unpacked. */
async function outOfTheCopy(worker) {
  const name = "copy";
  const opened = new Promise((resolve, reject) => {
    navigator.serviceWorker.addEventListener("message", ({ data }) => {
      if (data?.msg_type === "collAdded" && data.name === name) resolve();
      if (data?.msg_type === "collProgress" && data.error) reject(new Told("unreadable"));
    });
  });
  navigator.serviceWorker.startMessages();
  const file = { sourceUrl: new URL(body.dataset.source, location.origin).href };
  worker.postMessage({ msg_type: "addColl", name, skipExisting: true, file });
  await opened;
  return fetch(`/w/${name}/${asked.get("ts")}id_/${asked.get("url")}`);
}
