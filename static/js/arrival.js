// The page at the entrance: after thirty seconds without a gesture it returns to its start, and what was typed
// is gone. Twenty seconds before, it says how to stay.
const LEAVES_MS = 30000, WARNS_MS = 10000;
const notice = document.querySelector("[data-idle-start]");
let touched = Date.now();

function forget() {
  for (const form of document.forms) form.reset();
}

function look() {
  const idle = Date.now() - touched;
  if (idle >= LEAVES_MS) {
    clearInterval(watch);
    forget();
    location.replace(notice.dataset.idleStart);
    return;
  }
  const words = idle >= WARNS_MS ? notice.dataset.words : "";
  if (notice.textContent !== words) notice.textContent = words;
}

const watch = notice && setInterval(look, 1000);
if (notice) {
  for (const gesture of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) {
    addEventListener(gesture, () => { touched = Date.now(); });
  }
}
addEventListener("pageshow", (event) => { if (event.persisted) forget(); });
