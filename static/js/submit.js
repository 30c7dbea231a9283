// Ctrl+Enter saves form[data-save]; a form posts once; after one second the wait is said in words.
// A form says whose page it leaves: signed in again in another tab, the same agent is offered it, not refused.
const voice = document.getElementById("annonce");
const PATIENCE = 1000;

function saved(target) {
  return target.closest("form[data-save]") ?? document.querySelector("form[data-save]");
}

document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
  if (document.querySelector("dialog[open]") && !event.target.closest("dialog")) return;
  const form = saved(event.target);
  if (!form) return;
  event.preventDefault();
  const button = form.querySelector("[type=submit].btn-primary");
  // A click, since htmx only sends the name and value of a button that was clicked.
  if (button) button.click();
  else form.requestSubmit();
});

function busy(form) {
  form.setAttribute("aria-busy", "true");
  setTimeout(() => {
    if (voice && form.getAttribute("aria-busy") === "true") voice.textContent = voice.dataset.busy;
  }, PATIENCE);
}

function free(form) {
  form?.removeAttribute("aria-busy");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post") return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
  } else if (!form.hasAttribute("hx-post")) {
    // A file that is saved leaves the page where it is: the form stays free for the next one.
    if (!event.submitter?.hasAttribute("data-file")) busy(form);
    sign(form);
  }
}, true);

// A hidden field, since only the form knows; htmx sends it as a header.
function sign(form) {
  const whose = document.querySelector("meta[name=typist]")?.content;
  if (!whose || new URL(form.getAttribute("action") ?? "", location).origin !== location.origin) return;
  const field = form.querySelector("input[name=typist]") ?? document.createElement("input");
  Object.assign(field, { type: "hidden", name: "typist", value: whose });
  form.append(field);
}

// With htmx, the form is busy from the request on: a confirmation declined must leave it usable.
// A field that fetches suggestions inside a form does not make the form busy.
function posting(event) {
  const source = event.detail.elt;
  return source.matches?.("form, [type=submit]") ? source.closest("form") : null;
}

document.addEventListener("htmx:beforeSend", (event) => {
  const form = posting(event);
  if (!form) return;
  busy(form);
  // Not htmx:afterRequest: an answer that replaces the form leaves nobody to say it is over.
  event.detail.xhr.addEventListener("loadend", () => free(form));
});
// A page that comes back from the browser's memory must be usable again.
addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(free));
