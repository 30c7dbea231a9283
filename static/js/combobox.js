// ARIA 1.2 combobox over a listbox that htmx fetches. Markup: templates/ui/combo.html.
// Options are <li role="option" id data-value [data-label]>. Enter takes the first suggestion, even when
// it is typed before the answer came: the focus already goes on, and a form sent meanwhile waits for it.
// Where nothing tells the first suggestion from the next (data-undecided), Enter waits for an arrow.
// Enter never sends the form. An answer without suggestions is said, in the list and aloud (data-none).
// Choosing fires "gru:chosen" {value, label} on the input.
function setUp(box) {
  const input = box.querySelector("[role=combobox]");
  const list = document.getElementById(input.getAttribute("aria-controls"));
  const value = box.querySelector("input[type=hidden]");
  let asked = false; // something typed whose answer has not come
  let hurried = false; // Enter pressed meanwhile
  let askedFor = ""; // what the latest request is about

  function hurry(isSo) {
    hurried = isSo;
    box.toggleAttribute("data-hurried", isSo);
  }

  function goOn() {
    const next = box.dataset.next && document.querySelector(box.dataset.next);
    if (next && document.activeElement === input) next.focus();
  }

  // The answer came, or will not come: what waited for it may go on.
  function settle() {
    asked = false;
    hurry(false);
    box.dispatchEvent(new CustomEvent("gru:settled", { bubbles: true }));
  }

  const options = () => [...list.querySelectorAll("[role=option]:not([aria-disabled=true])")];
  const likeliest = () => options().slice(0, 1).find((option) => !("undecided" in option.dataset));
  const current = () => list.querySelector("[aria-selected=true]");

  function point(option) {
    for (const other of options()) other.setAttribute("aria-selected", String(other === option));
    if (!option) return input.removeAttribute("aria-activedescendant");
    input.setAttribute("aria-activedescendant", option.id);
    option.scrollIntoView({ block: "nearest" });
  }

  // Nothing to choose, and no sentence of the server either: the list says so.
  function sayNone() {
    if (!input.value.trim() || list.querySelector("[role=option]")) return;
    const line = document.createElement("li");
    line.className = "combo-none";
    line.setAttribute("role", "option");
    line.setAttribute("aria-disabled", "true");
    line.textContent = box.dataset.none;
    list.append(line);
    input.dispatchEvent(new CustomEvent("annonce", { bubbles: true, detail: { value: box.dataset.none } }));
  }

  function show(open) {
    const shown = open && list.querySelector("[role=option]") !== null;
    list.hidden = !shown;
    input.setAttribute("aria-expanded", String(shown));
    point(shown ? current() ?? likeliest() : null);
  }

  function choose(option) {
    const label = option.dataset.label ?? option.textContent.trim().replace(/\s+/g, " ");
    value.value = option.dataset.value;
    input.value = label;
    show(false);
    goOn();
    input.dispatchEvent(new CustomEvent("gru:chosen", { bubbles: true, detail: { value: value.value, label } }));
    settle();
  }

  function move(step) {
    if (list.hidden) return show(true);
    const all = options();
    if (!all.length) return;
    const place = all.indexOf(current());
    point(place < 0 ? all.at(step > 0 ? 0 : -1) : all[(place + step + all.length) % all.length]);
  }

  const keys = {
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    Enter: () => {
      if (asked && input.value.trim()) {
        hurry(true);
        goOn();
      } else if (!list.hidden && current()) choose(current());
      else if (value.value && (list.hidden || !options().length)) goOn();
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
    asked = false;
    hurry(false);
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
    hurry(false);
    asked = input.value.trim() !== "";
    if (!asked) show(false);
  });
  input.addEventListener("blur", () => setTimeout(() => show(false), 150));
  input.addEventListener("htmx:configRequest", () => { askedFor = input.value; });
  input.addEventListener("htmx:afterRequest", (event) => {
    if (event.detail.failed) settle();
  });
  list.addEventListener("htmx:afterSettle", (event) => {
    const answered = event.detail.requestConfig?.parameters?.[input.name] ?? askedFor;
    if (asked && answered !== input.value) return; // suggestions for what was there before: others come
    asked = false;
    point(null);
    sayNone();
    if (hurried) {
      const first = likeliest();
      if (first || !options().length) return first ? choose(first) : settle();
      input.focus(); // several, alike: the choice is asked
      hurry(false);
    }
    if (document.activeElement === input) show(true);
  });
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]:not([aria-disabled=true])");
    if (option) choose(option);
  });
}

function setUpAll() {
  for (const box of document.querySelectorAll("[data-combobox]:not([data-ready])")) {
    box.dataset.ready = "";
    setUp(box);
  }
}

// On the window, before anything else hears of it.
window.addEventListener("submit", (event) => {
  const { target: form, submitter } = event;
  if (!form.querySelector("[data-combobox][data-hurried]")) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.hasAttribute("data-held")) return;
  form.toggleAttribute("data-held", true);
  form.addEventListener("gru:settled", () => {
    form.removeAttribute("data-held");
    form.requestSubmit(submitter);
  }, { once: true });
}, true);

setUpAll();
document.addEventListener("htmx:afterSettle", setUpAll);
