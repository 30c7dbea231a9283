// What the citizen's pages do quicker with a script: each works without it.
const voice = document.getElementById("annonce");

function say(words) {
  if (voice) voice.textContent = words;
}

// « Quitter vite »: the page disappears at once, and « back » does not bring it again.
for (const link of document.querySelectorAll("[data-leave]")) {
  link.addEventListener("click", (event) => {
    event.preventDefault();
    document.body.hidden = true;
    document.title = "…";
    location.replace(link.href);
  });
}

// Danger words, looked for while one types; signs and accents do not count.
function fold(text) {
  const plain = text.toLowerCase().replaceAll("œ", "oe").normalize("NFKD").replace(/[\u0300-\u036f]/g, "");
  return ` ${(plain.match(/[a-z0-9]+/g) ?? []).join(" ")} `;
}

const alarms = [...document.querySelectorAll("[data-words]")].map((box) => [box, box.dataset.words.split("|")]);
for (const field of document.querySelectorAll("[data-dangers]")) {
  const look = () => {
    const typed = fold(field.value);
    for (const [box, words] of alarms) box.hidden = !words.some((word) => typed.includes(` ${word} `));
  };
  field.addEventListener("input", look);
  look();
}

// A photo is sent as soon as it is taken: no second gesture.
for (const input of document.querySelectorAll("input[type=file][data-sends]")) {
  const button = input.form.querySelector(`[name="${input.dataset.sends}"]`);
  if (!button) continue;
  button.hidden = true;
  input.addEventListener("change", () => {
    if (input.files.length) button.click();
  });
}

for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    say(button.dataset.done);
    const seen = button.querySelector("[data-copied]");
    if (seen) seen.textContent = button.dataset.done;
  });
}

// The error summary takes the focus (ux.md, Errors).
document.querySelector("[data-focus]")?.focus();
// The theme named in the address is opened and seen.
const opened = document.querySelector("details.theme[open]");
if (opened && !document.querySelector("[data-focus]")) opened.scrollIntoView({ block: "nearest" });
