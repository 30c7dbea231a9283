// On a computer that others use: a page about one person closes by itself, and Back does not bring it again.
const WARNED_S = 60;
const form = document.querySelector("form[data-idle]");
const warning = form?.querySelector("[data-idle-warning]");
let touched = Date.now();

// What the browser remembers of a private page is asked for again: by now it may be closed.
addEventListener("pageshow", (event) => {
  if (event.persisted && document.querySelector("[data-private]")) location.reload();
});

function touch() {
  touched = Date.now();
  if (warning) warning.hidden = true;
}

// By itself: the words not sent yet go along, to be given back.
function close() {
  const typed = document.querySelector("textarea[name=texte]")?.value ?? "";
  for (const [name, value] of [["seul", "1"], ["texte", typed]]) {
    form.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
  }
  document.querySelector("main").hidden = true;
  clearInterval(watch);
  form.submit();
}

function look() {
  const idle = (Date.now() - touched) / 1000;
  if (idle >= Number(form.dataset.idle)) close();
  else warning.hidden = idle < Number(form.dataset.idle) - WARNED_S;
}

const watch = form && setInterval(look, 1000);
if (form) {
  for (const gesture of ["pointerdown", "keydown", "input", "wheel", "touchmove"]) addEventListener(gesture, touch);
  document.addEventListener("visibilitychange", look);
}
