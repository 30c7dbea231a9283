// The page of the interface for other software: Swagger UI draws the schema; what it sends stays here.
const main = document.getElementById("api")
window.SwaggerUIBundle({
  url: main.dataset.schema,
  domNode: main.querySelector("div"),
  deepLinking: true,
  validatorUrl: null,
})
