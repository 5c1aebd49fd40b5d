// Follow a line through the picture: whatever shares a line with what is pointed at or focused stays, the rest steps back.
for (const picture of document.querySelectorAll("[data-picture]")) {
  const parts = [...picture.querySelectorAll("[data-lines]")];
  const linesOf = (part) => part.dataset.lines.split(" ");

  const follow = (event) => {
    const part = event.target.closest?.("[data-lines]");
    picture.classList.toggle("is-following", Boolean(part));
    const lines = new Set(part ? linesOf(part) : []);
    for (const other of parts) {
      other.classList.toggle("is-followed", linesOf(other).some((line) => lines.has(line)));
    }
  };

  picture.addEventListener("pointerover", follow);
  picture.addEventListener("focusin", follow);
  picture.addEventListener("pointerleave", () => follow({ target: picture }));
  picture.addEventListener("focusout", () => follow({ target: picture }));
}
