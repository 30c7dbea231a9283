// Ctrl+Enter saves form[data-save]; a form posts once; after one second the wait is said in words.
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
  form.requestSubmit(form.querySelector("[type=submit].btn-primary") ?? undefined);
});

function isHtmx(form) {
  return form.hasAttribute("hx-post") || form.hasAttribute("hx-get");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented && !isHtmx(form)) return;
  if (form.getAttribute("aria-busy") === "true") {
    event.preventDefault();
    event.stopImmediatePropagation();
    return;
  }
  form.setAttribute("aria-busy", "true");
  setTimeout(() => {
    if (voice && form.getAttribute("aria-busy") === "true") voice.textContent = voice.dataset.busy;
  }, PATIENCE);
}, true);

function free(form) {
  form?.removeAttribute?.("aria-busy");
}

document.addEventListener("htmx:afterRequest", (event) => free(event.detail.elt.closest?.("form")));
document.addEventListener("htmx:validation:halted", (event) => free(event.target.closest?.("form")));
// A page that comes back from the browser's memory must be usable again.
addEventListener("pageshow", () => document.querySelectorAll("form[aria-busy]").forEach(free));
