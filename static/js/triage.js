// The triage list by keys: J and K walk it, X chooses a row, opening a menu of the card goes to its field.
// Without this file the rows stay links, the boxes stay boxes.
const list = document.querySelector("[data-triage]");
const preview = document.getElementById("apercu-zone");
const wide = matchMedia("(min-width: 48.01rem)");

function rows() {
  return list ? [...list.querySelectorAll("[data-row]")] : [];
}

function current() {
  return rows().find((row) => row.classList.contains("trow-on"));
}

function select(row) {
  for (const other of rows()) {
    other.classList.toggle("trow-on", other === row);
    const link = other.querySelector("a.trow-name");
    if (other === row) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
  row.scrollIntoView({ block: "nearest" });
}

function step(by) {
  const all = rows();
  const from = all.indexOf(current());
  const next = all[from < 0 ? 0 : from + by];
  if (next) next.querySelector("a.trow-name").click();
}

function pick() {
  const box = (document.activeElement?.closest("[data-row]") ?? current() ?? rows()[0])?.querySelector("[name=pick]");
  if (!box) return;
  box.click();
  box.focus();
}

for (const button of document.querySelectorAll("[data-step], [data-pick]")) {
  button.hidden = !list;
  button.addEventListener("click", () => (button.dataset.step ? step(Number(button.dataset.step)) : pick()));
}

// On a telephone the demand takes the whole page: the link is followed as a link.
list?.addEventListener("htmx:beforeRequest", (event) => {
  const link = event.target.closest("a.trow-name");
  if (!link) return;
  if (!wide.matches) {
    event.preventDefault();
    location.assign(link.href);
    return;
  }
  select(link.closest("[data-row]"));
});

preview?.addEventListener("toggle", (event) => {
  if (event.target.matches("details.change") && event.target.open) event.target.querySelector("select")?.focus();
}, true);
