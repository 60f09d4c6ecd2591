// @ts-check
/**
 * Starting: brings in the parts of the page, and begins again when one of them did not arrive. A browser remembers
 * that a module failed for as long as the page is open, so that only a reload asks for it again.
 */
(() => {
  const KEPT = "sandbox starts";
  const MOST = 3;

  const tries = () => {
    try {
      return Number(sessionStorage.getItem(KEPT) ?? MOST);
    } catch {
      return 0; // nothing can be remembered here: rather ask at once than reload for ever
    }
  };

  const begin = (/** @type {number} */ left) => {
    try {
      sessionStorage.setItem(KEPT, String(left));
    } catch { /* as above */ }
    location.reload();
  };

  const failed = (/** @type {unknown} */ error) => {
    const left = tries();
    if (left > 0) return setTimeout(() => begin(left - 1), 300 * (MOST - left + 1));
    const button = document.createElement("button");
    Object.assign(button, { type: "button", className: "button", textContent: "Reload the page", onclick: () => begin(MOST) });
    document.getElementById("starting")?.replaceChildren("A part of this page did not arrive. ", button);
    reportError(error);
  };

  const started = () => {
    try {
      sessionStorage.removeItem(KEPT);
    } catch { /* there was nothing to forget */ }
    document.getElementById("starting")?.remove();
  };

  const dressedAgain = (/** @type {Event} */ { target }) => {
    if (!(target instanceof HTMLLinkElement) || target.rel !== "stylesheet" || target.dataset.again) return;
    const again = /** @type {HTMLLinkElement} */ (target.cloneNode());
    again.dataset.again = "once";
    target.replaceWith(again);
  };

  document.addEventListener("error", dressedAgain, true);
  document.addEventListener("DOMContentLoaded", () => { import("/page/static/js/main.js").then(started, failed); });
})();
