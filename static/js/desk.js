// What every page may need: the search field under Ctrl+K, menus that close, focus where something went wrong,
// and news of what changed on the page for those who do not see it.
const search = () => document.getElementById("find");

document.addEventListener("keydown", (event) => {
  if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k" && search()) {
    event.preventDefault();
    search().focus();
    search().select();
  }
  if (event.key === "Escape") {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      menu.open = false;
      menu.querySelector("summary").focus();
    }
  }
});

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(event.target)) menu.open = false;
  }
});

document.addEventListener("DOMContentLoaded", () => {
  document.querySelector("[data-focus]")?.focus();
});

// htmx tells the new element; only a change of words is worth saying aloud.
let said = "";
document.addEventListener("htmx:load", (event) => {
  const element = event.detail.elt;
  const news = element.matches?.("[data-announce]") ? element : element.querySelector?.("[data-announce]");
  const words = news?.textContent.trim();
  if (words && news !== document.body && words !== said && document.readyState === "complete") {
    said = words;
    document.getElementById("live").textContent = words;
  }
});
