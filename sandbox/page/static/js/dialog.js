// @ts-check
/**
 * Dialogs: focus stays inside while they are open and goes back where it came from.
 * @module
 */

import { byId, fill, h, newId } from "./dom.js";
import { textNodes } from "./mrkdwn.js";

const FOCUSABLE = "a[href], button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex='0']";

/**
 * Keep Tab inside an element.
 * @param {HTMLElement} box
 */
export function trap(box) {
  box.addEventListener("keydown", (event) => {
    if (event.key !== "Tab") return;
    const stops = /** @type {HTMLElement[]} */ ([...box.querySelectorAll(FOCUSABLE)]).filter((each) => each.offsetParent !== null && each.tabIndex >= 0);
    const edge = event.shiftKey ? stops[0] : stops.at(-1);
    if (stops.length && (document.activeElement === edge || !box.contains(document.activeElement))) {
      event.preventDefault();
      (event.shiftKey ? stops.at(-1) : stops[0])?.focus();
    }
  });
}

/** @returns {() => void} puts the focus back, into whatever stands where it came from */
export function rememberFocus() {
  const before = /** @type {HTMLElement|null} */ (document.activeElement);
  const name = before?.dataset?.focus;
  return () => {
    const same = name ? document.querySelector(`[data-focus="${CSS.escape(name)}"]`) : null;
    const back = /** @type {HTMLElement|null} */ (before?.isConnected ? before : same);
    (back && back !== document.body ? back : byId("composer-text")).focus();
  };
}

/**
 * Ask before something is done (docs.slack.dev, confirmation dialog object).
 * @param {any} confirm
 * @returns {Promise<boolean>}
 */
export function confirmed(confirm) {
  const words = newId("confirm");
  return asked({
    title: textNodes(confirm.title), body: h("p", { id: words }, textNodes(confirm.text)), words,
    deny: textNodes(confirm.deny), confirm: textNodes(confirm.confirm), style: confirm.style,
  });
}

/** @typedef {string|Node[]} Words */

/**
 * A small dialog with a yes and a no; Escape means no. With `words`, the id of its text, it is an alert.
 * @param {{title: Words, body: HTMLElement, words?: string, deny: Words, confirm: Words, style?: string}} how
 * @returns {Promise<boolean>}
 */
export function asked({ title, body, words, deny, confirm, style }) {
  return new Promise((resolve) => {
    const back = rememberFocus();
    const heading = newId("asked");
    const dialog = /** @type {HTMLDialogElement} */ (h("dialog", { class: "confirm", role: words ? "alertdialog" : null, "aria-labelledby": heading, "aria-describedby": words }));
    const end = (/** @type {boolean} */ answer) => { dialog.close(); dialog.remove(); back(); resolve(answer); };
    fill(dialog,
      h("h2", { id: heading }, title),
      body,
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "button", onclick: () => end(false) }, deny),
        h("button", { type: "button", class: `button ${style === "danger" ? "danger" : "primary"}`, onclick: () => end(true) }, confirm)));
    dialog.addEventListener("cancel", (event) => { event.preventDefault(); end(false); });
    trap(dialog);
    document.body.append(dialog);
    dialog.showModal();
  });
}

/**
 * Say something in passing, for eyes and screen readers.
 * @param {string} words
 * @param {"note"|"error"} [kind]
 */
export function toast(words, kind = "note") {
  const note = h("div", { class: `toast ${kind}`, role: kind === "error" ? "alert" : "status" }, h("span", {}, words));
  const close = () => note.remove();
  note.append(h("button", { type: "button", class: "plain", "aria-label": "Close this note", onclick: close }, "×"));
  byId("toasts").append(note);
  setTimeout(close, 7000);
}

/**
 * Let a screen reader say something that is on the screen anyway.
 * @param {string} words
 */
export function announce(words) {
  byId("announcer").textContent = words;
}
