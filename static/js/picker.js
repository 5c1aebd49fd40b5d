// The source pickers of templates/sources/picker.html, those that come later included: a combobox with a list that the
// server fills, and a dialog in which a source is registered without leaving the form.
const WAIT = 150;
const waiting = new WeakMap();

const parts = (picker) => ({
  chosen: picker.querySelector("input[type=hidden]"),
  words: picker.querySelector("[role=combobox]"),
  list: picker.querySelector("[role=listbox]"),
});

const close = (picker) => {
  const { words, list } = parts(picker);
  list.hidden = true;
  words.setAttribute("aria-expanded", "false");
  words.removeAttribute("aria-activedescendant");
};

const offer = async (picker) => {
  const { words, list } = parts(picker);
  const asked = words.value;
  const address = new URL(picker.dataset.picker, location.href);
  address.searchParams.set("q", asked);
  address.searchParams.set("name", words.id);
  const answer = await fetch(address, { headers: { "HX-Request": "true" } });
  if (!answer.ok || words.value !== asked || document.activeElement !== words) return;
  list.innerHTML = await answer.text();
  list.hidden = false;
  words.setAttribute("aria-expanded", "true");
  words.removeAttribute("aria-activedescendant");
};

const mark = (picker, option) => {
  const { words, list } = parts(picker);
  for (const each of list.querySelectorAll("[role=option]")) each.setAttribute("aria-selected", String(each === option));
  words.setAttribute("aria-activedescendant", option.id);
  option.scrollIntoView({ block: "nearest" });
};

const choose = (picker, id, name) => {
  const { chosen, words } = parts(picker);
  chosen.value = id;
  words.value = name;
  close(picker);
  words.focus();
  chosen.dispatchEvent(new Event("change", { bubbles: true }));
};

const register = (picker, name) => {
  close(picker);
  const dialog = document.createElement("dialog");
  dialog.className = "register";
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("htmx:afterSwap", () => {
    const made = dialog.querySelector("[data-source]");
    if (!made) return;
    dialog.close();
    choose(picker, made.dataset.source, made.dataset.name);
  });
  document.body.append(dialog);
  const address = new URL(picker.dataset.sourceCreate, location.href);
  address.searchParams.set("name", name);
  window.htmx.ajax("GET", address.pathname + address.search, { target: dialog, swap: "innerHTML" }).then(() => {
    dialog.showModal();
    dialog.querySelector("input:not([type=hidden]), select")?.focus();
  });
};

const take = (picker, option) => {
  if (option.dataset.source) choose(picker, option.dataset.source, option.dataset.name);
  else register(picker, option.dataset.new);
};

document.addEventListener("input", (event) => {
  const picker = event.target.closest("[data-picker]");
  if (!picker) return;
  parts(picker).chosen.value = "";
  clearTimeout(waiting.get(picker));
  waiting.set(picker, setTimeout(() => offer(picker), WAIT));
});

document.addEventListener("keydown", (event) => {
  const picker = event.target.closest?.("[data-picker]");
  if (!picker) return;
  const { list } = parts(picker);
  const options = [...list.querySelectorAll("[role=option]")];
  const place = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  if (event.key === "ArrowDown" && list.hidden) offer(picker);
  else if (list.hidden) return;
  else if (event.key === "ArrowDown") mark(picker, options[(place + 1) % options.length]);
  else if (event.key === "ArrowUp") mark(picker, options[(place <= 0 ? options.length : place) - 1]);
  else if (event.key === "Enter" && place >= 0) take(picker, options[place]);
  else if (event.key === "Escape") close(picker);
  else return;
  event.preventDefault();
});

// On mousedown, before the field loses the focus and the list closes.
document.addEventListener("mousedown", (event) => {
  const option = event.target.closest("[data-picker] [role=option]");
  if (!option) return;
  event.preventDefault();
  take(option.closest("[data-picker]"), option);
});

document.addEventListener("focusin", (event) => {
  const words = event.target.closest("[data-picker] [role=combobox]");
  if (words && !words.value) offer(words.closest("[data-picker]"));
});

document.addEventListener("focusout", (event) => {
  const picker = event.target.closest("[data-picker]");
  if (picker && !picker.contains(event.relatedTarget)) close(picker);
});

document.addEventListener("click", (event) => {
  if (event.target.closest("dialog.register [data-close]")) event.target.closest("dialog").close();
});
