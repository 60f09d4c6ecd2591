// @ts-check
/**
 * Dialogs: focus stays inside while they are open and goes back where it came from.
 * @module
 */

import { byId, fill, h, newId } from "./dom.js";
import { rememberFocus } from "./focus.js";
import { whenStill } from "./hold.js";
import { textNodes } from "./mrkdwn.js";

const FOCUSABLE = "a[href], summary, button:not([disabled]), input:not([disabled]), textarea:not([disabled]), [tabindex='0']";

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

/**
 * Ask before something is done (docs.slack.dev, confirmation dialog object).
 * @param {any} confirm
 * @returns {Promise<boolean>}
 */
export function confirmed(confirm) {
  const words = newId("confirm");
  return asked({
    title: textNodes(confirm.title), body: h("p", { id: words, dir: "auto" }, textNodes(confirm.text)), words,
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
    const end = (/** @type {boolean} */ answer) => { dialog.close(); dialog.remove(); back(byId("composer-text")); resolve(answer); };
    fill(dialog,
      h("h2", { id: heading, dir: "auto" }, title),
      body,
      h("div", { class: "buttons" },
        h("button", { type: "button", class: "button", dir: "auto", onclick: () => end(false) }, deny),
        h("button", { type: "button", class: `button ${style === "danger" ? "danger" : "primary"}`, dir: "auto", onclick: () => end(true) }, confirm)));
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
  const note = h("div", { class: `toast ${kind}`, role: kind === "error" ? "alert" : "status" }, h("span", { dir: "auto" }, words));
  const close = () => note.remove();
  note.append(h("button", { type: "button", class: "plain", "aria-label": "Close this note", onclick: close }, "×"));
  whenStill(() => {
    byId("toasts").append(note);
    setTimeout(() => whenStill(close), 7000);
  });
}

/**
 * Let a screen reader say something that is on the screen anyway.
 * @param {string} words
 */
export function announce(words) {
  byId("announcer").textContent = words;
}
