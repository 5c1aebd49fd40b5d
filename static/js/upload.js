// A file that is larger than what is taken is told before it is sent; the server says the same to whoever sends it.
for (const input of document.querySelectorAll("input[type=file][data-most]")) {
  const look = () => {
    const isTooLarge = [...input.files].some((file) => file.size > Number(input.dataset.most));
    input.setCustomValidity(isTooLarge ? input.dataset.tooLarge : "");
    return input.reportValidity();
  };
  input.addEventListener("change", look);
  input.form.addEventListener("submit", (event) => {
    if (!look()) event.preventDefault();
  });
}
