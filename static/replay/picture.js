/* A picture, captured or uploaded. Only ever as a picture: then no browser runs what stands in it, SVG included, nor
   fetches what it names. */

import { Told, held, tell } from "./held.js";

const picture = document.getElementById("picture");
const bar = document.getElementById("bar");

/* One that breaks off is shown as far as it goes, which `decode()` would refuse. */
const loaded = new Promise((resolve, reject) => {
  picture.addEventListener("load", resolve, { once: true });
  picture.addEventListener("error", reject, { once: true });
});

async function shown() {
  const answer = await held();
  const said = answer.headers.get("content-type") ?? "";
  // Of an SVG the type has to be said; all others are known by how they begin.
  const type = /^image\/svg\+xml\b/.test(said) ? "image/svg+xml" : "image/jpeg";
  picture.src = URL.createObjectURL(new Blob([await answer.arrayBuffer()], { type }));
  await loaded;
  picture.hidden = bar.hidden = false;
  tell("shown");
}

bar.addEventListener("click", ({ target }) => {
  const button = target.closest("button");
  if (!button) return;
  for (const each of bar.querySelectorAll("button")) each.setAttribute("aria-pressed", each === button);
  picture.classList.toggle("is-whole-size", button.dataset.act === "size");
});

shown().catch((error) => {
  console.warn(error);
  tell(error instanceof Told ? error.message : "broken");
});
