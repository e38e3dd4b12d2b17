// A form that is sent without reloading shows what it is answered, also where that is a refusal.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.boosted) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});
