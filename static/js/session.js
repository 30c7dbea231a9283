// The lock of a screen left alone (threats: W11). The server decides; this page only warns and follows.
// Gestures of the agent, in any tab, keep the session: the server is told at most once a minute.
const warning = document.getElementById("veille");
const lock = document.querySelector("form[data-lock]");
const NOTICE = 120;
const TELL_EVERY = 60;

const limit = Number(warning?.dataset.seconds ?? 0);
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("gru-session") : null;
let seen = Date.now();
let told = Date.now();

function idle() {
  return (Date.now() - seen) / 1000;
}

function awake() {
  seen = Date.now();
  if (warning.open) warning.close();
}

async function tellServer() {
  if (!warning.dataset.stay) return;
  told = Date.now();
  const token = document.querySelector("meta[name=csrf-token]")?.content ?? "";
  try {
    const answer = await fetch(warning.dataset.stay, { method: "POST", headers: { "X-CSRFToken": token } });
    if (answer.redirected || answer.status === 403) location.reload();
  } catch {
    told = 0; // offline: tell again at the next gesture
  }
}

function gesture() {
  const wasWarned = warning.open;
  awake();
  tabs?.postMessage("seen");
  if (wasWarned || Date.now() - told > TELL_EVERY * 1000) tellServer();
}

function check() {
  if (idle() >= limit) return lock.requestSubmit();
  if (idle() >= limit - NOTICE && !warning.open) warning.showModal();
}

if (warning && lock && limit) {
  for (const kind of ["keydown", "pointerdown"]) document.addEventListener(kind, gesture, { capture: true, passive: true });
  tabs?.addEventListener("message", awake);
  setInterval(check, 1000);
  // A computer that slept must not show the page for one more second.
  document.addEventListener("visibilitychange", () => document.hidden || check());
}
