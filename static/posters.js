// A poster that does not load leaves its place to the placeholder behind it; also one that comes into the page later.
function isBroken(image) {
  return image.complete && image.naturalWidth === 0 && image.currentSrc !== "";
}

document.addEventListener(
  "error",
  (event) => {
    if (event.target.matches?.(".poster img, .face img, .backdrop, .logo")) {
      event.target.remove();
    }
  },
  true,
);

for (const image of document.querySelectorAll(".poster img, .face img, .backdrop, .logo")) {
  if (isBroken(image)) {
    image.remove();
  }
}
