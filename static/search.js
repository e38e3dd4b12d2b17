// The suggestions go away when one leaves them or presses Escape, and the arrow keys walk through them.
const find = document.querySelector(".find");
const suggestions = document.getElementById("suggestions");

function links() {
  return [document.getElementById("find"), ...suggestions.querySelectorAll("a")];
}

find?.addEventListener("focusout", (event) => {
  if (!find.contains(event.relatedTarget)) {
    suggestions.replaceChildren();
  }
});

find?.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Escape") {
    suggestions.replaceChildren();
    document.getElementById("find").focus();
  } else if (step && links().length > 1) {
    const found = links();
    found[(found.indexOf(document.activeElement) + step + found.length) % found.length].focus();
    event.preventDefault();
  }
});
