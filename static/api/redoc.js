const place = document.getElementById("document");
const elsewhere = "https://cdn.redoc.ly/";
const images = HTMLImageElement.prototype;
const setAttribute = images.setAttribute;
const source = Object.getOwnPropertyDescriptor(images, "src");

// ReDoc's menu ends with its maker's logo, from a CDN; readers of this site are sent nowhere else.
const isElsewhere = (address) => String(address).startsWith(elsewhere);

images.setAttribute = function (name, value) {
  if (name !== "src" || !isElsewhere(value)) {
    setAttribute.call(this, name, value);
  }
};
Object.defineProperty(images, "src", {
  ...source,
  set(value) {
    if (!isElsewhere(value)) {
      source.set.call(this, value);
    }
  },
});

Redoc.init(place.dataset.schema, { disableSearch: true }, place);
