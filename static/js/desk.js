// What every page may need: the search field under Ctrl+K, menus that close, focus where something went wrong,
// word that something could not be sent, and news of what changed on the page for those who do not see it.
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

// What htmx could not send, or was refused, stays as it was typed; that it was not sent has to be said.
const notSent = () => document.getElementById("not-sent");
for (const failure of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(failure, () => {
    (document.querySelector("dialog[open]") ?? document.getElementById("content")).prepend(notSent());
    notSent().hidden = false;
  });
}
document.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful && notSent()) notSent().hidden = true;
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
