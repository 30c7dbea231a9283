// The composer of a ticket: one pane at a time, « / » to insert a model, nothing typed is ever lost.
// Without this file both forms are shown, and files leave with the answer itself.
import { offer } from "./lastwords.js";

const composer = document.querySelector("[data-composer]");
const answer = composer?.querySelector("[data-answer]");
const note = composer?.querySelector("[data-note]");
const models = document.getElementById("modeles");
const TO_COMPLETE = /\[à compléter : [^\]\n]+\]/;

function show(name, { focus = true } = {}) {
  for (const button of composer.querySelectorAll("[data-pane]")) {
    button.setAttribute("aria-pressed", String(button.dataset.pane === name));
  }
  const pane = name === "note" ? note : answer;
  answer.hidden = pane !== answer;
  note.hidden = pane !== note;
  composer.toggleAttribute("data-is-note", pane === note);
  if (pane === note) closeModels(false);
  if (focus) pane.querySelector("textarea").focus();
}

// --- models ---
const opener = composer?.querySelector("[data-models-open]");
const search = document.getElementById("model");

function openModels() {
  show("answer", { focus: false });
  models.hidden = false;
  opener.setAttribute("aria-expanded", "true");
  search.value = "";
  search.focus();
  htmx.ajax("POST", search.getAttribute("hx-post"), { source: search, target: `#${search.id}-liste`, swap: "innerHTML" });
}

function closeModels(giveFocusBack) {
  models.hidden = true;
  opener.setAttribute("aria-expanded", "false");
  if (giveFocusBack) answer.querySelector("textarea").focus();
}

function insert(text) {
  const field = answer.querySelector("textarea");
  const from = field.selectionStart;
  field.setRangeText(text, from, field.selectionEnd, "end");
  closeModels(true);
  const gap = TO_COMPLETE.exec(text);
  if (gap) field.setSelectionRange(from + gap.index, from + gap.index + gap[0].length);
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

function startsAWord(field) {
  const before = field.value[field.selectionStart - 1];
  return before === undefined || /\s/.test(before);
}

if (answer) {
  composer.querySelector("[data-composer-tabs]").hidden = false;
  for (const button of composer.querySelectorAll("[data-pane]")) {
    button.addEventListener("click", () => show(button.dataset.pane));
  }
  show(composer.dataset.first ?? "answer", { focus: false });
  opener.addEventListener("click", () => (models.hidden ? openModels() : closeModels(true)));
  answer.querySelector("textarea").addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.altKey || event.metaKey || !startsAWord(event.target)) return;
    event.preventDefault();
    openModels();
  });
  search.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented) return;
    event.preventDefault();
    closeModels(true);
  });
  search.addEventListener("gru:chosen", (event) => {
    const option = document.getElementById(`model-${event.detail.value}`);
    if (option) insert(option.dataset.text);
  });
  answer.querySelector("#other").addEventListener("input", (event) => {
    const choice = answer.querySelector("#to_other");
    choice.checked = true;
    choice.toggleAttribute("data-is-number", /^[^@a-z]*(\d[^@a-z]*){9,}$/i.test(event.target.value)); // the server decides
  });
}

// --- files ---
document.getElementById("files")?.addEventListener("htmx:afterRequest", (event) => {
  if (event.detail.successful) event.target.value = ""; // they are kept: they must not leave twice
});

// --- what the last second would lose ---
for (const form of [answer, note]) if (form) offer(form);
