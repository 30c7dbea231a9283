// [data-other-tab="LYN-…"]: two tabs of one browser on the same ticket warn each other, since both would write
// over the same draft. Each page has a name of its own and tells the others when it comes and when it goes.
const line = document.querySelector("[data-other-tab]");
const voice = document.getElementById("annonce");
const channel = line && "BroadcastChannel" in window ? new BroadcastChannel("gru-tabs") : null;
const me = `${Date.now()}-${Math.random()}`;
const others = new Set();

function tell(what) {
  channel.postMessage({ what, ticket: line.dataset.otherTab, from: me });
}

function show() {
  const wasHidden = line.hidden;
  line.hidden = others.size === 0;
  if (voice && wasHidden && !line.hidden) voice.textContent = line.textContent.trim();
}

channel?.addEventListener("message", ({ data }) => {
  if (data.ticket !== line.dataset.otherTab) return;
  if (data.what === "gone") others.delete(data.from);
  else others.add(data.from);
  if (data.what === "come") tell("here");
  show();
});

if (channel) {
  tell("come");
  addEventListener("pagehide", () => tell("gone"));
  addEventListener("pageshow", (event) => event.persisted && tell("come"));
}
