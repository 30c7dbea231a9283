// [data-undo][data-seconds]: counts down beside « Annuler », says so twice, never disappears by itself.
// Markup: templates/ui/undo.html. After the delay the button gives way to the sentence of data-over; with
// data-keep it stays, beside that sentence.
const voice = document.getElementById("annonce");

function say(sentence) {
  if (voice) voice.textContent = sentence;
}

function over(notice) {
  notice.querySelector("[data-undo-left]").textContent = notice.dataset.over;
  if ("keep" in notice.dataset) return;
  const action = notice.querySelector("[data-undo-action]");
  const hadFocus = action?.contains(document.activeElement);
  action?.remove();
  say(notice.dataset.over);
  if (hadFocus) {
    notice.tabIndex = -1;
    notice.focus();
  }
}

function start(notice) {
  notice.removeAttribute("data-undo");
  const end = Date.now() + Number(notice.dataset.seconds) * 1000;
  const left = notice.querySelector("[data-undo-left]");
  say(`${notice.querySelector("p").textContent.trim()} ${notice.dataset.hint}`);
  const clock = setInterval(() => {
    if (!notice.isConnected) return clearInterval(clock);
    const seconds = Math.ceil((end - Date.now()) / 1000);
    if (seconds > 0) return void (left.textContent = `${seconds}\u00a0s`);
    clearInterval(clock);
    over(notice);
  }, 250);
}

function startAll() {
  document.querySelectorAll("[data-undo]").forEach(start);
}

startAll();
document.addEventListener("htmx:afterSettle", startAll);
