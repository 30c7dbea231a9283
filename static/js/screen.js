// The public screen: asks every four seconds what changed, says each new call twice, and outlives a network
// cut or a restart of the server without a reload. Without this file the page loads itself again.
const EVERY_MS = 4000, PATIENCE_MS = 10000, LOST_MS = 30000, STALE_MS = 60000;
const board = document.getElementById("tableau");
const clock = document.getElementById("heure");
const button = document.getElementById("voix");
const cut = document.getElementById("coupure");
const voice = document.getElementById("annonce");
const language = document.documentElement.lang;
const timeZone = clock.dataset.zone; // that of the Maison, whatever the screen's own
const hour = new Intl.DateTimeFormat(language, { hour: "numeric", minute: "2-digit", timeZone });

let etag = board.dataset.etag;
let answeredAt = Date.now();
let ahead = 0; // of the server's clock on this one
let isSpeaking = false;
const known = new Set(calls().map((call) => call.dataset.call));

function calls() {
  return [...board.querySelectorAll("[data-call]")];
}

function say(words) {
  const spoken = new SpeechSynthesisUtterance(words);
  spoken.lang = language === "fr" ? "fr-FR" : language;
  spoken.rate = 0.9;
  speechSynthesis.speak(spoken);
}

function announce(fresh) {
  for (const call of fresh) {
    call.classList.add("is-new");
    voice.textContent = call.dataset.words;
    if (isSpeaking) for (let time = 0; time < 2; time++) say(call.dataset.words);
  }
}

// After a long cut only the last call is news: the others have gone by.
function show(html, away) {
  board.innerHTML = html;
  const fresh = calls().filter((call) => !known.has(call.dataset.call));
  for (const call of fresh) known.add(call.dataset.call);
  announce((away > STALE_MS ? fresh.slice(0, 1) : fresh).reverse());
}

async function look() {
  try {
    const headers = { "If-None-Match": etag };
    const patience = AbortSignal.timeout(PATIENCE_MS);
    const answer = await fetch(board.dataset.url, { headers, cache: "no-store", credentials: "omit", signal: patience });
    if (answer.headers.get("X-Screen") === "ended") return location.reload();
    if (answer.ok || answer.status === 304) await take(answer);
  } catch {
    // The network or the server is away: the next look tells.
  }
  const words = Date.now() - answeredAt < LOST_MS ? "" : cut.dataset.words;
  if (cut.textContent !== words) cut.textContent = words;
  setTimeout(look, EVERY_MS);
}

async function take(answer) {
  const html = answer.ok ? await answer.text() : "";
  const away = Date.now() - answeredAt;
  answeredAt = Date.now();
  ahead = (Date.parse(answer.headers.get("Date")) || answeredAt) - answeredAt;
  if (!answer.ok) return;
  etag = answer.headers.get("ETag") ?? "";
  show(html, away);
}

function turn() {
  isSpeaking = !isSpeaking;
  button.setAttribute("aria-pressed", String(isSpeaking));
  [button.textContent, button.dataset.on] = [button.dataset.on, button.textContent.trim()];
  speechSynthesis.cancel();
  if (isSpeaking) say(button.dataset.said);
  navigator.wakeLock?.request("screen").catch(() => {});
}

if ("speechSynthesis" in window) {
  button.hidden = false;
  button.addEventListener("click", turn);
}
setInterval(() => {
  const shown = hour.format(Date.now() + ahead).replace(":", language === "fr" ? "\u00a0h\u00a0" : ":");
  if (clock.textContent !== shown) clock.textContent = shown;
}, 1000);
setTimeout(look, EVERY_MS);
