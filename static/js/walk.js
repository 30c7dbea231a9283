// A list of cards by keys: J and K walk it, X ticks a card, C ticks or clears the page. Without this file the
// boxes stay boxes, and « Cocher la page » is a link to the same page with all of them ticked.
const list = document.querySelector("[data-walk]");

function rows() {
  return list ? [...list.querySelectorAll("[data-row]")] : [];
}

function here() {
  return rows().indexOf(document.activeElement?.closest("[data-row]"));
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

for (const button of document.querySelectorAll("[data-step], [data-pick]")) {
  button.hidden = !list;
  button.addEventListener("click", () => (button.dataset.step ? step(Number(button.dataset.step)) : pick()));
}

list?.querySelector("[data-tick-all]")?.addEventListener("click", (event) => {
  event.preventDefault();
  const boxes = rows().map((row) => row.querySelector("[name=pick]"));
  const ticks = boxes.some((box) => !box.checked);
  for (const box of boxes) box.checked = ticks;
});
