// The keyboard and the menus of the agents' pages. Every action stays possible without this file.
// A link or button with data-key="j" is pressed by that key, outside fields (F2: there too), when <body data-shortcuts="on">.
const FIELDS = "input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable]";
const ARROWS = { arrowdown: "↓", arrowup: "↑", arrowleft: "←", arrowright: "→" };

const SPOKEN = { " ": "Space", arrowleft: "ArrowLeft", arrowright: "ArrowRight" };

const command = document.getElementById("commande");
const help = document.getElementById("raccourcis");
const single = document.body.dataset.shortcuts === "on";

function visible(element) {
  return element.checkVisibility ? element.checkVisibility() : element.offsetParent !== null;
}

function keyed() {
  return [...document.querySelectorAll("[data-key]")].filter(visible);
}

function words(element) {
  if (element.dataset.keyLabel) return element.dataset.keyLabel;
  const copy = (element.labels?.[0] ?? element).cloneNode(true);
  for (const key of copy.querySelectorAll("kbd")) key.remove();
  return copy.textContent.trim().replace(/\s+/g, " ");
}

function keyName(key, list) {
  const named = { " ": list.dataset.space, enter: list.dataset.enter, ...ARROWS };
  return named[key] ?? key.toUpperCase();
}

function listPageKeys() {
  const list = help.querySelector("[data-page-keys]");
  const seen = new Set();
  list.replaceChildren();
  for (const element of keyed()) {
    const key = element.dataset.key.toLowerCase();
    if (seen.has(key)) continue;
    seen.add(key);
    const [line, term, meaning, cap] = ["div", "dt", "dd", "kbd"].map((tag) => document.createElement(tag));
    cap.textContent = keyName(key, list);
    meaning.textContent = words(element);
    term.append(cap);
    line.append(term, meaning);
    list.append(line);
  }
  if (!seen.size) list.append(list.dataset.none);
}

function openHelp() {
  listPageKeys();
  help.showModal();
}

function onSingleKey(event) {
  if (event.key === "/" && command) return command.focus();
  if (event.key === "?" && help) return openHelp();
  const wanted = event.key.toLowerCase();
  const onControl = event.target.closest("a, button, summary, input, [role=option]");
  // Arrows move what scrolls sideways, where the focus is.
  if (wanted.startsWith("arrow") && event.target.closest("[data-scroll]:focus")) return false;
  // Space and Enter belong to the control that has the focus.
  if (onControl && (wanted === " " || wanted === "enter")) return false;
  const target = keyed().find((element) => element.dataset.key.toLowerCase() === wanted);
  if (!target) return false;
  target.focus({ preventScroll: true });
  if (!target.matches(FIELDS)) target.click();
  // A menu that is a form opens on its first field.
  target.closest("details.menu[open]")?.querySelector(".menu-form :is(select, textarea)")?.focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.ctrlKey && !event.altKey && !event.shiftKey && event.key.toLowerCase() === "k" && command) {
    event.preventDefault();
    command.focus();
    command.select();
    return;
  }
  if (event.key === "Escape") {
    closeMenus(true);
    // An empty search lets go of the cursor, so that the single keys work again.
    if (event.target.matches("[role=combobox]") && !document.querySelector("dialog[open]")) event.target.blur();
  }
  if (event.ctrlKey || event.altKey || event.metaKey || !single) return;
  // F2 writes nothing: it acts in fields too.
  if ((event.target.closest(FIELDS) && !/^F\d/.test(event.key)) || document.querySelector("dialog[open]")) return;
  if (onSingleKey(event) !== false) event.preventDefault();
});

function closeMenus(giveFocusBack, except) {
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (menu === except) continue;
    const hadFocus = menu.contains(document.activeElement);
    menu.open = false;
    if (giveFocusBack && hadFocus) menu.querySelector("summary").focus();
  }
}

document.addEventListener("click", (event) => {
  closeMenus(false, event.target.closest("details.menu"));
  const opener = event.target.closest("[data-opens]");
  if (opener?.dataset.opens === help?.id) openHelp();
});
document.addEventListener("focusin", (event) => closeMenus(false, event.target.closest("details.menu")));

if (help) for (const button of document.querySelectorAll("[data-opens]")) button.hidden = false;

// Screen readers announce the keys only when they work.
function announceKeys(root) {
  for (const element of root.querySelectorAll("[data-key]")) {
    const key = element.dataset.key;
    element.setAttribute("aria-keyshortcuts", SPOKEN[key] ?? (key.length > 1 ? key : key.toUpperCase()));
  }
}
if (single) {
  announceKeys(document);
  document.addEventListener("htmx:afterSettle", (event) => announceKeys(event.target.parentElement ?? document));
}
