// The slider over moments: it says which one it stands on while it is moved, and opens that moment's own link once it
// rests. Without it, the list of the same links is the way.
const REST = 350; // milliseconds; arrow keys held down pass many moments

const slide = document.querySelector("[data-slide]");
const links = [...document.querySelectorAll("#moments a[data-moment]")].reverse(); // the list has the latest first

if (slide && links.length > 1) {
  const range = slide.querySelector("input");
  const said = slide.querySelector("output");
  let resting;

  const say = () => {
    const link = links[range.valueAsNumber];
    const words = [link, link.nextElementSibling].map((part) => part?.textContent.trim()).filter(Boolean);
    said.textContent = words.join(" · ");
    range.setAttribute("aria-valuetext", said.textContent);
  };

  const mark = (current) => {
    for (const link of links) {
      if (link === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
    range.value = links.indexOf(current);
    say();
  };

  range.addEventListener("input", () => {
    say();
    clearTimeout(resting);
    resting = setTimeout(() => links[range.valueAsNumber].click(), REST);
  });
  for (const link of links) link.addEventListener("click", () => mark(link));

  slide.hidden = false;
  say();
}
