// The agenda by keys: J and K walk the appointments; printing is one button. Without this file the links remain.
const keys = document.querySelector("[data-agenda-keys]");

function appointments() {
  return [...document.querySelectorAll("a[data-appt]")];
}

function step(by) {
  const all = appointments();
  const from = all.indexOf(document.activeElement);
  const next = all[from < 0 ? 0 : from + by];
  if (!next) return;
  next.focus();
  next.scrollIntoView({ block: "nearest", inline: "nearest" });
}

// shell.js gives the focus to the button whose key was pressed: the place is kept from before.
let last = null;
document.addEventListener("focusin", (event) => {
  if (event.target.matches("a[data-appt]")) last = event.target;
});

if (keys) {
  keys.hidden = false;
  for (const button of keys.querySelectorAll("[data-agenda-step]")) {
    button.addEventListener("click", () => {
      if (last?.isConnected) last.focus();
      step(Number(button.dataset.agendaStep));
    });
  }
}

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}
