// The triage list by keys: J and K walk it, from page to page, X chooses a row, opening a menu of the card goes to its field.
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

const ENDS = { "#premiere": 0, "#derniere": -1 }; // where the walk goes on in the page that follows

function step(by) {
  const all = rows();
  const from = all.indexOf(current());
  const next = all[from < 0 ? 0 : from + by];
  if (next) return next.querySelector("a.trow-name").click();
  const page = document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]");
  if (page) location.assign(`${page.href}${by > 0 ? "#premiere" : "#derniere"}`);
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

// Enter in a menu of the card accepts what it shows, as the button says.
preview?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || event.metaKey || event.isComposing) return;
  if (!event.target.matches(".proposal select")) return;
  event.preventDefault();
  event.target.form.querySelector(".btn-primary").click();
});

preview?.addEventListener("toggle", (event) => {
  if (event.target.matches("details.change") && event.target.open) event.target.querySelector("select")?.focus();
}, true);

// Once htmx knows the rows, which it learns when the page is whole.
document.addEventListener("DOMContentLoaded", () => {
  if (location.hash in ENDS) rows().at(ENDS[location.hash])?.querySelector("a.trow-name").click();
});
