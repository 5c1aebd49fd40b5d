// The slider over moments: it says which one it stands on while it is moved, and opens that moment's own link once it
// rests, with the slider at hand again. Without it, the list of the same links is the way.
const REST = 400; // milliseconds; arrow keys held down pass many moments

const slide = document.querySelector("[data-slide]");
const links = [...document.querySelectorAll("#moments a[data-moment]")].reverse(); // the list has the latest first

if (slide && links.length > 1) {
  const range = slide.querySelector("input");
  const said = slide.querySelector("output");
  let resting;

  const say = () => {
    const link = links[range.valueAsNumber];
    const parts = [link.firstElementChild, ...link.parentElement.querySelectorAll(".moment-place, .moment-mark, .detail")];
    said.replaceChildren(...parts.flatMap((part, place) => [place ? " · " : "", part.cloneNode(true)]));
    range.setAttribute("aria-valuetext", said.textContent.trim());
  };

  range.addEventListener("input", () => {
    say();
    clearTimeout(resting);
    resting = setTimeout(() => location.assign(`${links[range.valueAsNumber].href}#${range.id}`), REST);
  });

  slide.hidden = false;
  say();
  if (location.hash === `#${range.id}`) range.focus();
}
