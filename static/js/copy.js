// Copies what stands in an element; without this file people select it themselves.
for (const button of document.querySelectorAll("[data-copy]")) {
  if (!navigator.clipboard) continue;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent.trim());
    const seen = button.querySelector("[data-copied]");
    seen.setAttribute("role", "status");
    seen.textContent = button.dataset.done;
  });
}
