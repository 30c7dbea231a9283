// The counter's page: what was said of a person or a topic goes away when another one is typed, and the
// contact fields of a new person open by themselves. Everything else is htmx and combobox.js.
const SAID = { qui: ["dossier", "sujet-suite"], motif: ["sujet-suite"] };

document.addEventListener("input", (event) => {
  for (const id of SAID[event.target.id] ?? []) document.getElementById(id)?.replaceChildren();
});

document.addEventListener("gru:chosen", (event) => {
  const more = document.getElementById("precisions");
  if (more && event.target.id === "qui") more.open = event.detail.value === "nouvelle";
});
