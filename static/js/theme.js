// Before the first paint: « auto » follows the system. Light and dark are already written by the server.
(() => {
  "use strict";
  const root = document.documentElement;
  const night = matchMedia("(prefers-color-scheme: dark)");
  const follow = () => {
    if (root.dataset.theme !== "auto") return;
    root.dataset.bsTheme = night.matches ? "dark" : "light";
    // The switch must offer the theme that is not on screen.
    for (const button of document.querySelectorAll("[data-theme-switch]")) {
      button.value = night.matches ? "light" : "dark";
    }
  };
  follow();
  night.addEventListener("change", follow);
  document.addEventListener("DOMContentLoaded", follow);
})();
