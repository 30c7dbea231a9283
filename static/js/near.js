// « Près de moi »: asks the telephone where it is, once, when the person presses the button. Nothing is kept.
const form = document.querySelector("form[data-near]");
const button = form?.querySelector("[data-near-me]");
const problem = form?.querySelector("[data-near-problem]");

if (button && "geolocation" in navigator) {
  button.hidden = false;
  button.addEventListener("click", () => {
    button.setAttribute("aria-busy", "true");
    navigator.geolocation.getCurrentPosition(found, refused, { timeout: 8000, maximumAge: 60000 });
  });
}

function found(position) {
  form.elements.lat.value = position.coords.latitude.toFixed(5);
  form.elements.lon.value = position.coords.longitude.toFixed(5);
  form.elements.address.value = "";
  form.requestSubmit();
}

function refused() {
  button.removeAttribute("aria-busy");
  problem.hidden = false;
  problem.setAttribute("role", "alert");
  form.elements.address.focus();
}

// Words typed afterwards say more than an older position.
form?.elements.address.addEventListener("input", () => {
  form.elements.lat.value = form.elements.lon.value = "";
});
