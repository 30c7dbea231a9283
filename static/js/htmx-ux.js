// What htmx owes to people: the wait, the result said aloud, the focus that never gets lost.
// The server says {"annonce": "3 résultats"} in HX-Trigger; a new heading or error summary that must
// take the focus carries data-focus.
const voice = document.getElementById("annonce");
const outage = document.getElementById("panne");
const progress = document.getElementById("progres");
const PATIENCE = 1000;
const FOCUSABLE = "a[href], button:not([disabled]), input:not([type=hidden]), select, textarea, [tabindex]";

function say(sentence) {
  if (!voice) return;
  voice.textContent = "";
  requestAnimationFrame(() => { voice.textContent = sentence; });
}

document.addEventListener("annonce", (event) => say(event.detail.value ?? event.detail));

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("meta[name=csrf-token]");
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.content;
  // Whose page it is, should its session have ended meanwhile.
  const typist = document.querySelector("meta[name=typist]");
  if (typist && event.detail.verb !== "get") event.detail.headers["X-Typist"] = typist.content;
  // A page that asks by itself must not keep the session of someone who left (threats: W11).
  if (isPolling(event)) event.detail.headers["X-Background"] = "1";
});

// --- the wait ---
let waiting = 0;
let timer = 0;

function isPolling(event) {
  return /every /.test(event.detail.elt.getAttribute("hx-trigger") ?? "");
}

// The request itself says its end: htmx says it on the element that asked, and nobody hears an element taken away.
document.addEventListener("htmx:beforeSend", (event) => {
  if (isPolling(event)) return;
  const { target, xhr } = event.detail;
  target?.setAttribute("aria-busy", "true");
  waiting += 1;
  clearTimeout(timer);
  timer = setTimeout(() => { if (waiting && progress) progress.hidden = false; }, PATIENCE);
  xhr.addEventListener("loadend", () => ended(target, xhr));
});

function ended(target, xhr) {
  target?.removeAttribute("aria-busy");
  waiting -= 1;
  if (waiting) return;
  clearTimeout(timer);
  if (progress) progress.hidden = true;
  if (outage && xhr.status >= 200 && xhr.status < 400) outage.hidden = true;
}

// --- the outage ---
function broken(sentence) {
  if (!outage) return;
  outage.querySelector("p").textContent = sentence;
  outage.hidden = false;
}

document.addEventListener("htmx:sendError", (event) => isPolling(event) || broken(outage?.dataset.offline));
document.addEventListener("htmx:timeout", (event) => isPolling(event) || broken(outage?.dataset.offline));
document.addEventListener("htmx:responseError", (event) => {
  const status = event.detail.xhr.status;
  if (!isPolling(event)) broken(status < 500 ? outage?.dataset.refused : outage?.dataset.failed);
});

// --- the focus ---
let before = null;

function neighbours(element) {
  const row = element.closest("[data-row], li, tr, article");
  const rows = [];
  for (let next = row?.nextElementSibling; next; next = next.nextElementSibling) rows.push(next);
  for (let last = row?.previousElementSibling; last; last = last.previousElementSibling) rows.push(last);
  return rows;
}

document.addEventListener("htmx:beforeSwap", () => {
  const focused = document.activeElement;
  if (focused && focused !== document.body) before = { focused, rows: neighbours(focused) };
});

function takeFocus(element) {
  const target = element.matches(FOCUSABLE) ? element : element.querySelector(FOCUSABLE) ?? element;
  if (!target.matches(FOCUSABLE)) target.tabIndex = -1;
  target.focus();
}

function sameRow(rows) {
  for (const row of rows) {
    const there = row.isConnected ? row : row.id && document.getElementById(row.id);
    if (there) return there;
  }
  return null;
}

function lost() {
  return before && !before.focused.isConnected && document.activeElement === document.body;
}

function recover(swapped) {
  const heading = swapped?.querySelector?.("h1, h2, h3");
  if (lost()) takeFocus(sameRow(before.rows) ?? heading ?? document.getElementById("contenu"));
  before = null;
}

document.addEventListener("htmx:afterSettle", (event) => {
  const asked = event.target.closest?.("[data-focus]") ?? event.target.querySelector?.("[data-focus]");
  if (!asked) return recover(event.target);
  if (!asked.matches(FOCUSABLE)) asked.tabIndex = -1;
  asked.focus();
  before = null;
});

// An answer that only removes its target settles nothing: htmx says no afterSettle (it settles after 20 ms).
document.addEventListener("htmx:afterRequest", () => setTimeout(recover, 60));
