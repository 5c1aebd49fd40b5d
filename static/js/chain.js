// The chain builder of templates/components/chain.html: add, remove and move hops in place. The formset keeps its own
// numbering; ORDER says the order and DELETE what was removed, so the server reads the same form with or without this file.
for (const builder of document.querySelectorAll("[data-chain]")) {
  const prefix = builder.dataset.chain;
  const list = builder.querySelector(".hops");
  const blank = builder.querySelector("template");
  const total = builder.querySelector(`[name="${prefix}-TOTAL_FORMS"]`);
  const standing = () => [...list.children].filter((hop) => !hop.hidden);

  const changed = () => {
    standing().forEach((hop, place) => {
      const order = hop.querySelector('[name$="-ORDER"]');
      if (order) order.value = place + 1;
    });
    builder.dispatchEvent(new CustomEvent("chain-changed", { bubbles: true }));
  };

  builder.addEventListener("click", (event) => {
    const button = event.target.closest('button[name="chain"]');
    if (!button) return;
    event.preventDefault();
    if (button.value === "add") {
      const holder = document.createElement("ol");
      holder.innerHTML = blank.innerHTML.replaceAll("__prefix__", total.value);
      const hop = holder.querySelector(".hop");
      total.value = Number(total.value) + 1;
      list.append(hop);
      window.htmx?.process(hop);
      hop.querySelector("input:not([type=hidden]), select, textarea")?.focus();
      changed();
      return;
    }
    const hop = button.closest(".hop");
    const hops = standing();
    const place = hops.indexOf(hop);
    if (button.dataset.move === "up" && place > 0) hops[place - 1].before(hop);
    if (button.dataset.move === "down" && place < hops.length - 1) hops[place + 1].after(hop);
    if (button.dataset.move === "remove") {
      const gone = hop.querySelector('[name$="-DELETE"]');
      if (gone) gone.checked = true;
      hop.hidden = true;
      list.append(hop);
      (hops[place + 1] ?? hops[place - 1] ?? builder).querySelector("select, input:not([type=hidden]), button")?.focus();
    } else {
      button.focus();
    }
    changed();
  });
}
