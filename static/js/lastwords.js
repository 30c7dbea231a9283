// What was typed and not yet kept leaves with the page, and before a session ends: form[data-ends-session]
// waits for it, two seconds at most. Ended in another tab, it still takes it: the page says whose words they are.
// `offer` takes a form whose address in data-draft keeps what is typed.
const PATIENCE = 2000;
const sources = [];

function fieldsOf(form) {
  const fields = new FormData(form);
  for (const [name, value] of [...fields]) if (value instanceof File) fields.delete(name);
  fields.set("typist", document.querySelector("meta[name=typist]")?.content ?? ""); // a beacon has no header
  return fields;
}

function wordsOf(form) {
  return new URLSearchParams(fieldsOf(form)).toString();
}

export function offer(form) {
  const source = { form, kept: wordsOf(form) };
  let asked = "";
  const isDraft = (event) => event.detail.pathInfo.requestPath === form.dataset.draft;
  form.addEventListener("htmx:beforeRequest", (event) => { if (isDraft(event)) asked = wordsOf(form); });
  form.addEventListener("htmx:afterRequest", (event) => {
    if (isDraft(event) && event.detail.successful) source.kept = asked;
  });
  // What is sent is kept by what it was sent to.
  form.addEventListener("submit", () => { source.kept = wordsOf(form); });
  sources.push(source);
}

// A form that an answer took away has been sent, or lives on in the one that came in its place; one that is
// being erased (data-dropped) has no last words.
function unsaved() {
  return sources.filter(({ form, kept }) => form.matches("html :not([data-dropped])") && wordsOf(form) !== kept);
}

async function save(source) {
  const body = fieldsOf(source.form);
  const words = wordsOf(source.form);
  await fetch(source.form.dataset.draft, { method: "POST", body, keepalive: true, headers: { "HX-Request": "true" } });
  source.kept = words;
}

addEventListener("pagehide", () => {
  for (const { form } of unsaved()) navigator.sendBeacon(form.dataset.draft, fieldsOf(form));
});

// On the window, before anything else hears of it.
addEventListener("submit", async (event) => {
  const { target: form, submitter } = event;
  if (!form.matches("[data-ends-session]")) return;
  const left = unsaved();
  if (!left.length) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (form.hasAttribute("data-held")) return;
  form.toggleAttribute("data-held", true);
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE));
  await Promise.race([Promise.allSettled(left.map(save)), late]);
  for (const source of left) source.kept = wordsOf(source.form);
  form.removeAttribute("data-held");
  form.requestSubmit(submitter);
}, true);
