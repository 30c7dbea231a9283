// How many SMS the answer makes, while it is typed; requests_app/lib/segments.py counts the same, and decides.
// Without this file the count is that of the last time the text was kept.
const counter = document.querySelector("[data-segments]");
const BASIC = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const TWICE = new Set("\f^{}\\[~]|€");
const REPLACED = new Map([
  ...["’", "‘", "‛", "ʼ", "´", "`", "′"].map((sign) => [sign, "'"]),
  ...["“", "”", "„", "«", "»", "″"].map((sign) => [sign, '"']),
  ...["–", "—", "‐", "‑", "‒", "―", "−", "•", "·"].map((sign) => [sign, "-"]),
  ...["\u00a0", "\u202f", "\u2009", "\u2007", "\u2002", "\u2003", "\u200a", "\u3000", "\t"].map((sign) => [sign, " "]),
  ...["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"].map((sign) => [sign, ""]),
  ["…", "..."], ["œ", "oe"], ["Œ", "OE"], ["×", "x"], ["→", "->"],
]);

const isPlain = (sign) => BASIC.has(sign) || TWICE.has(sign);
const composed = (text) => text.normalize("NFC").replaceAll("\r\n", "\n");

export function measure(text) {
  const signs = [...composed(text)];
  const dear = [...new Set(signs.filter((sign) => !isPlain(sign)))];
  const [one, each] = dear.length ? [70, 67] : [160, 153];
  const units = signs.map((sign) => (dear.length ? sign.length : 1 + TWICE.has(sign)));
  const length = units.reduce((sum, unit) => sum + unit, 0);
  if (length <= one) return { segments: Math.min(length, 1), length, room: one, dear };
  let [segments, left] = [1, each];
  for (const unit of units) {
    if (unit > left) [segments, left] = [segments + 1, each];
    left -= unit;
  }
  return { segments, length, room: segments * each, dear };
}

export function fold(text) {
  return [...composed(text)].map(folded).join("");
}

function folded(sign) {
  if (isPlain(sign)) return sign;
  if (REPLACED.has(sign)) return REPLACED.get(sign);
  const bare = sign.normalize("NFKD").replace(/\p{M}/gu, "");
  return bare && [...bare].every((each) => BASIC.has(each)) ? bare : sign;
}

function show(field) {
  const box = document.querySelector("[data-segments]");
  const { segments, length, room, dear } = measure(box.dataset.before + field.value.trim() + box.dataset.after);
  for (const [name, value] of Object.entries({ length, room, count: segments })) box.querySelector(`[data-${name}]`).textContent = value;
  box.querySelector("[data-bar]").setAttribute("width", Math.min(72, Math.round((72 * length) / room)));
  box.querySelector("[data-dear]").textContent = dear.join(" ");
  box.querySelector("[data-dear-line]").hidden = dear.length === 0;
  box.querySelector("[data-too-long]").hidden = segments <= Number(box.dataset.most);
}

if (counter) {
  const form = counter.closest("form");
  const field = form.querySelector("textarea");
  field.addEventListener("input", () => show(field));
  form.addEventListener("click", (event) => {
    if (!event.target.closest("[data-fold]")) return;
    event.preventDefault();
    field.value = fold(field.value);
    field.dispatchEvent(new Event("input", { bubbles: true }));
    field.focus();
  });
  show(field);
}
