// The page of a conversation, quicker with a script: lines come by themselves, one's own are not read again.
// A server away is said in words; the line that did not leave stays, and leaves when the server is back.
const OPEN_MS = 3000, IDLE_MS = 15000, IDLE_AFTER_MS = 120000, TYPING_MS = 3000, MAX_TRIES = 20;
const log = document.getElementById("log");
const form = document.getElementById("line");
const field = form?.querySelector("textarea");
const standing = document.getElementById("standing");
const numbers = document.getElementById("numbers");
const felt = document.getElementById("avis");
const lost = document.getElementById("lost");
// The hours of our places, as the server writes them: wherever the person is.
const clock = new Intl.DateTimeFormat(document.documentElement.lang || "fr", {
  timeStyle: "short", timeZone: log?.dataset.zone,
});
let after = Number(log?.dataset.after ?? 0);
let etag = "";
let active = Date.now();
let typedAt = 0;
let timer = 0;
let asking = null;
let unsent = ""; // the line typed that did not leave, while nobody has changed it
let tries = 0;

function element(name, className, text) {
  return Object.assign(document.createElement(name), { className, textContent: text });
}

function add(message) {
  after = Math.max(after, message.id);
  if (log.querySelector(`[data-id="${message.id}"]`)) return;
  const isMine = message.direction === "in";
  const waiting = isMine && [...log.children].find((line) => line.dataset.waits === message.client_id);
  if (waiting) {
    waiting.dataset.id = message.id;
    delete waiting.dataset.waits;
    return;
  }
  const line = append(isMine, message.text, new Date(message.at));
  Object.assign(line.dataset, { id: message.id, client: message.client_id });
}

// The log is read aloud as it grows, except what one has just typed oneself.
function append(isMine, text, at) {
  const line = element("li", isMine ? "letter letter-me" : "letter", "");
  line.setAttribute("role", "none"); // the log is no list any more
  const who = element("div", "chat-who", "");
  who.append(element("b", "", isMine ? log.dataset.me : log.dataset.us), element("span", "", clock.format(at)));
  const said = element("div", "chat-text", text);
  said.dir = "auto";
  line.append(who, said);
  if (isMine) log.setAttribute("aria-live", "off");
  log.append(line);
  log.scrollTop = log.scrollHeight;
  if (isMine) setTimeout(() => log.removeAttribute("aria-live"), 500);
  return line;
}

function show(said) {
  said.messages.forEach(add);
  standing.classList.toggle("chat-here", said.available);
  if (said.state === "closed" && felt?.dataset.asks) {
    felt.open = true;
    delete felt.dataset.asks; // once: whoever shuts it is left alone
  }
  if (said.reference && !document.getElementById("reference")) location.reload();
  // The numbers to call come with their words from the server, once.
  if (said.numbers.length && !numbers.querySelector("a")) location.reload();
}

// While nothing comes nobody knows who is there.
function tell(words) {
  if (lost.textContent !== words) lost.textContent = words;
  standing.hidden = Boolean(words);
}

// Said again at each answer, changed or not: an agent leaves, and Monday comes.
function stand(words) {
  const shown = standing.querySelector("span");
  if (words && shown.textContent !== words) shown.textContent = words;
}

async function ask() {
  const typing = Date.now() - typedAt < TYPING_MS ? "&typing=1" : "";
  const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
  const response = await fetch(`${log.dataset.url}?after=${after}${typing}`, { headers, cache: "no-store" });
  if (response.status >= 500) throw new Error(response.statusText);
  document.getElementById("typing").hidden = response.headers.get("Chat-Typing") !== "1";
  stand(decodeURIComponent(response.headers.get("Chat-Standing") ?? ""));
  if (response.status === 404) return location.reload();
  if (response.status !== 200) return;
  etag = response.headers.get("ETag") ?? "";
  show(await response.json());
}

async function poll() {
  clearTimeout(timer);
  asking ??= ask().then(back, () => tell(log.dataset.lost)).finally(() => { asking = null; });
  await asking;
  const isIdle = document.hidden || Date.now() - active > IDLE_AFTER_MS;
  clearTimeout(timer);
  timer = setTimeout(poll, isIdle ? IDLE_MS : OPEN_MS);
}

// The server answers: what waited leaves under the same id, which counts once.
function back() {
  if (!unsent) return tell("");
  if (tries < MAX_TRIES) return form.requestSubmit();
  unsent = "";
  tell(form.dataset.failed);
}

// It was stored, and only the answer was lost: it came with the others.
function isShown(text, client) {
  const same = (line) => line.dataset.client === client && line.querySelector(".chat-text").textContent === text;
  return [...log.children].some(same);
}

async function post(text) {
  const id = form.elements.client_id;
  const response = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
  if (response.status >= 500) throw new Error(response.statusText);
  if (response.type !== "opaqueredirect") return form.submit(); // the page says what is wrong
  if (!isShown(text, id.value)) append(true, text, new Date()).dataset.waits = id.value;
  if (field.value.trim() === text) field.value = ""; // what was typed meanwhile stays
  field.dispatchEvent(new Event("input", { bubbles: true }));
  typedAt = 0;
  id.value = crypto.randomUUID?.() ?? `${Date.now()}-${Math.random()}`;
  etag = "";
  tell("");
  poll();
}

async function send(event) {
  event.preventDefault();
  const text = field.value.trim(), isAgain = Boolean(unsent);
  if (text) {
    tries = isAgain ? tries + 1 : 1;
    unsent = "";
    await post(text).catch(() => {
      unsent = field.value.trim() === text ? text : "";
      tell(unsent ? log.dataset.lost : form.dataset.failed);
    });
  }
  form.removeAttribute("aria-busy");
  if (!isAgain) field.focus();
}

if (log && form) {
  document.getElementById("refresh").hidden = true;
  log.scrollTop = log.scrollHeight;
  form.addEventListener("submit", send);
  field.addEventListener("input", () => {
    if (unsent) tell(form.dataset.failed); // what is being changed waits for its author
    unsent = "";
    if (!typedAt || Date.now() - typedAt > TYPING_MS) setTimeout(poll, 0);
    typedAt = Date.now();
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
  });
  for (const gesture of ["pointerdown", "keydown"]) addEventListener(gesture, () => { active = Date.now(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) poll(); });
  poll();
}
