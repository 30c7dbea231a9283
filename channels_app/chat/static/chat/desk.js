// « Conversations », quicker with a script: lines come by themselves, an answer leaves where one types.
const OPEN_MS = 3000, IDLE_MS = 15000, TYPING_MS = 3000;
const page = document.getElementById("convs");
const notice = document.getElementById("news");
const lost = document.getElementById("lost");
const columns = new Map([...document.querySelectorAll("[data-thread]")].map((one) => [Number(one.dataset.thread), one]));
let after = Number(page.dataset.after);
let unsent = "";
let etag = "";
let typing = { thread: 0, at: 0 };
let timer = 0;

function tell(words) {
  if (lost.textContent !== words) lost.textContent = words;
}

function element(name, className, text) {
  return Object.assign(document.createElement(name), { className, textContent: text });
}

function add(column, message) {
  const log = column.querySelector(".chat-log");
  if (log.querySelector(`[data-id="${message.id}"]`)) return;
  const isTheirs = message.direction === "in";
  const line = element("li", isTheirs ? "letter" : "letter letter-me", "");
  line.setAttribute("role", "none"); // the log is no list any more
  line.dataset.id = message.id;
  const who = element("div", "chat-who", "");
  who.append(element("b", "", isTheirs ? page.dataset.them : page.dataset.us), element("span", "", message.at));
  const said = element("div", "chat-text", message.text);
  said.dir = "auto";
  line.append(who, said);
  if (!isTheirs) log.setAttribute("aria-live", "off"); // one's own lines are not read again
  log.append(line);
  log.scrollTop = log.scrollHeight;
  if (!isTheirs) setTimeout(() => log.removeAttribute("aria-live"), 500);
}

function show(said) {
  for (const message of said.messages) {
    after = Math.max(after, message.id);
    const column = columns.get(message.thread);
    if (column) add(column, message);
  }
  for (const [thread, column] of columns) {
    column.querySelector(".chat-typing").hidden = !said.typing.includes(thread);
  }
  // The page does not jump: what is new waits behind a link.
  if (said.threads.some((thread) => !columns.has(thread))) notice.hidden = false;
}

async function ask() {
  const typed = Date.now() - typing.at < TYPING_MS ? `&typing=${typing.thread}` : "";
  const headers = { Accept: "application/json", ...(etag && { "If-None-Match": etag }) };
  const response = await fetch(`${page.dataset.url}?after=${after}${typed}`, { headers, cache: "no-store", redirect: "error" });
  if (response.status >= 500) throw new Error(response.statusText);
  if (response.status !== 200) return;
  etag = response.headers.get("ETag") ?? "";
  show(await response.json());
}

async function poll() {
  clearTimeout(timer);
  await ask().then(() => tell(unsent), () => tell(lost.dataset.lost));
  clearTimeout(timer);
  timer = setTimeout(poll, document.hidden ? IDLE_MS : OPEN_MS);
}

function freshToken() {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

async function send(event) {
  event.preventDefault();
  const form = event.target, field = form.elements.text;
  try {
    const response = await fetch(form.action, { method: "POST", body: new FormData(form), redirect: "manual" });
    if (response.status >= 500) throw new Error(response.statusText);
    if (response.type !== "opaqueredirect") return form.submit(); // the page says why
    field.value = unsent = "";
    tell("");
    form.elements.token.value = freshToken();
    typing = { thread: 0, at: 0 };
    poll();
  } catch {
    unsent = page.dataset.failed; // said until an answer leaves
    tell(unsent);
  } finally {
    form.removeAttribute("aria-busy");
    field.focus();
  }
}

// « / » at the beginning of a word opens the models; one of them goes where one was typing.
async function openTools(column) {
  const panel = column.querySelector("[data-panel]");
  if (panel.hidden) {
    const response = await fetch(column.querySelector("[data-tools]").href);
    const tools = new DOMParser().parseFromString(await response.text(), "text/html").getElementById("tools");
    if (!tools) return;
    panel.replaceChildren(...tools.childNodes);
    for (const model of panel.querySelectorAll("[data-model]")) {
      model.addEventListener("click", (event) => {
        event.preventDefault();
        const field = column.querySelector("textarea");
        field.setRangeText(model.nextElementSibling.textContent, field.selectionStart, field.selectionEnd, "end");
        panel.hidden = true;
        field.focus();
      });
    }
    panel.hidden = false;
    panel.querySelector("summary, select")?.focus();
  } else {
    panel.hidden = true;
    column.querySelector("textarea").focus();
  }
}

for (const [thread, column] of columns) {
  const log = column.querySelector(".chat-log");
  log.scrollTop = log.scrollHeight;
  const form = column.querySelector("form[data-line]");
  if (!form) continue;
  form.addEventListener("submit", send);
  const field = form.elements.text;
  field.addEventListener("input", () => { typing = { thread, at: Date.now() }; });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      event.stopPropagation();
      return form.requestSubmit();
    }
    const before = field.value[field.selectionStart - 1];
    if (event.key === "/" && !event.ctrlKey && !event.altKey && !event.metaKey && (before === undefined || /\s/.test(before))) {
      event.preventDefault();
      openTools(column);
    }
  });
  column.querySelector("[data-tools]").addEventListener("click", (event) => {
    event.preventDefault();
    openTools(column);
  });
  column.querySelector("[data-panel]").addEventListener("keydown", (event) => {
    if (event.key === "Escape") openTools(column);
  });
}
poll();
