// A button that prints the page; without scripts it does not show, the browser's own menu prints as well.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// What is folded on screen is whole on paper, and folded again afterwards.
let folded = [];

addEventListener("beforeprint", () => {
  folded = [...document.querySelectorAll("details[data-prints]:not([open])")];
  for (const details of folded) details.open = true;
});

addEventListener("afterprint", () => {
  for (const details of folded) details.open = false;
  folded = [];
});
