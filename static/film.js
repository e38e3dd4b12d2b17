// What the server could not take comes back with what is wrong with it; what else goes wrong is said.
const told = document.getElementById("told");

function say(text) {
  const list = document.createElement("ul");
  list.className = "messages";
  list.append(Object.assign(document.createElement("li"), { className: "error", textContent: text }));
  told.replaceChildren(list);
}

document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.getResponseHeader("HX-Reswap")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
  }
});

for (const fault of ["htmx:responseError", "htmx:sendError"]) {
  document.addEventListener(fault, () => say(told.dataset.fault));
}
