// The counter's page: what was said of a person or a topic goes away when another one is typed, and the
// contact fields of a new person open by themselves. The queue comes back with the figures of the day: they
// are moved here, since htmx finds nothing out of band once the button that asked has left the page (two keys
// pressed before the first answer). Everything else is htmx and combobox.js.
import { offer } from "./lastwords.js";

const SAID = { qui: ["dossier", "sujet-suite"], motif: ["sujet-suite"] };

document.addEventListener("input", (event) => {
  for (const id of SAID[event.target.id] ?? []) document.getElementById(id)?.replaceChildren();
});

document.addEventListener("gru:chosen", (event) => {
  const more = document.getElementById("precisions");
  if (more && event.target.id === "qui") more.open = event.detail.value === "nouvelle";
});

document.addEventListener("htmx:afterSwap", () => {
  for (const fresh of document.querySelectorAll("[data-figures]")) {
    document.getElementById("chiffres")?.replaceChildren(...fresh.childNodes);
    fresh.remove();
  }
});

// The queue does not change under a menu that is open.
document.addEventListener("htmx:beforeRequest", (event) => {
  const isPoll = event.target.id === "file-attente";
  if (isPoll && event.target.querySelector("details[open]")) event.preventDefault();
});

function offerForm() {
  const form = document.querySelector("#visite:not([data-offered])");
  if (!form) return;
  form.toggleAttribute("data-offered", true);
  offer(form);
}

document.addEventListener("submit", (event) => {
  if (event.target.id === "effacer") document.getElementById("visite")?.toggleAttribute("data-dropped", true);
});
offerForm();
document.addEventListener("htmx:afterSettle", offerForm);
