const place = document.getElementById("document");

SwaggerUIBundle({
  url: place.dataset.schema,
  domNode: place,
  deepLinking: true,
  tryItOutEnabled: true,
  validatorUrl: null,
});
