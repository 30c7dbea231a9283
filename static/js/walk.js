// A list of cards by keys: J and K walk it, X ticks a card, D makes a ticket of it, C ticks or clears the page.
// Without this file the boxes stay boxes, and « Cocher la page » is a link to the same page with all of them
// ticked.
const list = document.querySelector("[data-walk]");

function rows() {
  return list ? [...list.querySelectorAll("[data-row]")] : [];
}

// A key first gives the focus to its button, which stands below the list: the card left last is the one meant.
let last = null;
list?.addEventListener("focusin", (event) => {
  last = event.target.closest("[data-row]") ?? last;
});

function here() {
  return rows().indexOf(last);
}

function step(by) {
  const all = rows();
  const from = here();
  const next = all[from < 0 ? 0 : from + by];
  next?.querySelector("[data-open]")?.focus();
  next?.scrollIntoView({ block: "nearest" });
}

function pick() {
  const box = rows()[Math.max(here(), 0)]?.querySelector("[name=pick]");
  box?.click();
  box?.focus();
}

function make() {
  rows()[Math.max(here(), 0)]?.querySelector("[data-make]")?.click();
}

for (const button of document.querySelectorAll("[data-step], [data-pick], [data-make-here]")) {
  button.hidden = !list;
  const act = "makeHere" in button.dataset ? make : "pick" in button.dataset ? pick : null;
  button.addEventListener("click", () => (act ? act() : step(Number(button.dataset.step))));
}

list?.querySelector("[data-tick-all]")?.addEventListener("click", (event) => {
  event.preventDefault();
  const boxes = rows().map((row) => row.querySelector("[name=pick]"));
  const ticks = boxes.some((box) => !box.checked);
  for (const box of boxes) box.checked = ticks;
});
