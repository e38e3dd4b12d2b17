// A poster that does not load leaves its place to the placeholder behind it.
const posters = document.querySelectorAll(".poster img");

for (const poster of posters) {
  poster.addEventListener("error", () => poster.remove());
  if (poster.complete && poster.naturalWidth === 0) {
    poster.remove();
  }
}
