// ARIA 1.2 combobox over a listbox that htmx fetches. Markup: templates/ui/combo.html.
// Options are <li role="option" id data-value [data-label]>. Enter takes the first suggestion, even when
// it is typed before the answer came. Choosing fires "gru:chosen" {value, label} on the input.
function setUp(box) {
  const input = box.querySelector("[role=combobox]");
  const list = document.getElementById(input.getAttribute("aria-controls"));
  const value = box.querySelector("input[type=hidden]");
  let asked = false; // something typed whose answer has not come
  let hurried = false; // Enter pressed meanwhile

  const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled=true])")];
  const current = () => list.querySelector("[aria-selected=true]");

  function point(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  function show(open) {
    const shown = open && options().length > 0;
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    point(shown ? current() ?? options()[0] : null);
  }

  function choose(option) {
    const label = option.dataset.label ?? option.textContent.trim().replace(/\s+/g, " ");
    value.value = option.dataset.value;
    input.value = label;
    asked = hurried = false;
    show(false);
    input.dispatchEvent(new CustomEvent("gru:chosen", { bubbles: true, detail: { value: value.value, label } }));
    const next = box.dataset.next && document.querySelector(box.dataset.next);
    if (next) next.focus();
  }

  function move(step) {
    if (list.hidden) return show(true);
    const all = options();
    const place = all.indexOf(current());
    point(all[(place + step + all.length) % all.length]);
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => {
      if (asked && input.value.trim()) hurried = true;
      else if (!list.hidden && current()) choose(current());
      else return false;
      return true;
    },
    Escape: () => {
      if (!list.hidden) show(false);
      else if (input.value) clear();
      else return false;
      return true;
    },
  };

  function clear() {
    input.value = value.value = "";
    hurried = asked = false;
  }

  input.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const act = keys[event.key];
    if (act && act() !== false) {
      event.preventDefault();
      event.stopPropagation();
    }
  });
  input.addEventListener("input", () => {
    value.value = "";
    hurried = false;
    asked = input.value.trim() !== "";
    if (!asked) show(false);
  });
  input.addEventListener("blur", () => setTimeout(() => show(false), 150));
  input.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.failed) asked = hurried = false;
  });
  list.addEventListener("htmx:afterSettle", () => {
    asked = false;
    point(null);
    if (document.activeElement !== input) return;
    show(true);
    if (hurried && current()) choose(current());
    hurried = false;
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option);
  });
}

function setUpAll() {
  for (const box of document.querySelectorAll("[data-combobox]:not([data-ready])")) {
    box.dataset.ready = "";
    setUp(box);
  }
}

setUpAll();
document.addEventListener("htmx:afterSettle", setUpAll);
