// @ts-check
/**
 * Views: the app's Home tab, and its modals with everything that can happen to them.
 * @module
 */

import { showBlocks, showErrors } from "./blocks.js";
import { trap } from "./dialog.js";
import { byId, fill, h } from "./dom.js";
import { rememberFocus } from "./focus.js";
import { whenStill } from "./hold.js";
import { act } from "./server.js";
import { state, where, zone } from "./store.js";
import { flush } from "./surface.js";
import { day } from "./times.js";

/** @typedef {import("./types.js").View} View */

/** Draw the Home tab. */
export function drawHome() {
  const box = byId("home");
  const shown = where.tab === "home";
  box.hidden = !shown;
  if (!shown) return;
  const view = state.home;
  byId("home-nothing").hidden = Boolean(view);
  if (!view) return fill(byId("home-blocks"));
  showBlocks(byId("home-blocks"), view.blocks, { at: { view: view.id }, values: view.values }, `${where.as} ${view.id} ${day(state.clock.now, zone())}`);
}

/** @type {HTMLDialogElement|null} */
let dialog = null;
/** @type {ReturnType<typeof rememberFocus>|null} */
let back = null;
/** The view that is drawn; what is pressed is meant for it, whatever arrived in the meantime. @type {View|null} */
let shown = null;

/** Draw the modal on top of the stack, or none. */
export function drawModal() {
  const view = state.modals.at(-1);
  if (!view) return putAway();
  if (!dialog) {
    back = rememberFocus();
    dialog = frame();
    document.body.append(dialog);
    dialog.showModal();
  }
  dress(dialog, view, state.modals.length);
}

function putAway() {
  if (!dialog) return;
  dialog.close();
  dialog.remove();
  dialog = null;
  shown = null;
  back?.(byId("composer-text"));
}

/** @returns {HTMLDialogElement} */
function frame() {
  const node = /** @type {HTMLDialogElement} */ (h("dialog", { class: "modal", "aria-labelledby": "modal-title" },
    h("form", { novalidate: true, onsubmit: (/** @type {Event} */ event) => { event.preventDefault(); submit(); } },
      h("header", {},
        h("h2", { id: "modal-title", tabindex: "-1", dir: "auto" }),
        h("button", { type: "button", class: "plain cross", "aria-label": "Close", onclick: () => close(true) }, "×")),
      h("div", { class: "blocks", tabindex: "-1" }),
      h("div", { class: "problem", role: "alert", dir: "auto" }),
      h("footer", {},
        h("button", { type: "button", class: "button back", dir: "auto", onclick: () => close(false) }),
        h("button", { type: "submit", class: "button primary submit", dir: "auto" })))));
  node.addEventListener("cancel", (event) => { event.preventDefault(); close(false); });
  trap(node);
  return node;
}

/** @param {HTMLDialogElement} node @param {View} view @param {number} depth */
function dress(node, view, depth) {
  const blocks = /** @type {HTMLElement} */ (node.querySelector(".blocks"));
  const fresh = shown?.id !== view.id;
  if (fresh) {
    fill(blocks);
    say(node, "");
    blocks.scrollTop = 0;
  }
  fill(/** @type {Element} */ (node.querySelector("h2")), view.title);
  fill(/** @type {Element} */ (node.querySelector(".back")), view.close ?? (depth > 1 ? "Back" : "Cancel"));
  const button = /** @type {HTMLElement} */ (node.querySelector(".submit"));
  fill(button, view.submit ?? "Submit");
  button.hidden = !view.submit;
  showBlocks(blocks, view.blocks, { at: { view: view.id }, values: view.values });
  showErrors(blocks, view.errors);
  shown = view;
  if (fresh) focusFirst(node, view);
}

/**
 * The field whose element asks for the focus, within what stands for it.
 * @param {HTMLElement} node @param {View} view
 */
function wantsFocus(node, view) {
  for (const block of view.blocks) {
    const element = [block.element, block.accessory, ...(block.elements ?? [])].find((each) => each?.focus_on_load);
    const name = element && `${view.id} ${block.block_id} ${element.action_id}`;
    if (name) return node.querySelector(`[data-focus^="${CSS.escape(name)}"]`)?.closest(".ticks, .menu, .block") ?? null;
  }
  return null;
}

/** @param {HTMLElement} node @param {View} view */
function focusFirst(node, view) {
  const within = wantsFocus(node, view) ?? node.querySelector(".block.input");
  const first = /** @type {HTMLElement|null} */ (within?.querySelector(":checked") ?? within?.querySelector("[data-focus]") ?? node.querySelector("h2"));
  first?.focus();
}

/** @param {HTMLElement} node @param {string} words */
function say(node, words) {
  const problem = node.querySelector(".problem");
  if (problem) problem.textContent = words;
}

async function submit() {
  const view = shown;
  const button = /** @type {HTMLElement|null} */ (dialog?.querySelector(".submit"));
  if (!view?.submit || !button || button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  if (dialog) say(dialog, "");
  try {
    const answer = (await flush()) ?? await act("submit", { view: view.id });
    whenStill(() => tellErrors(view, answer));
  } finally {
    button.removeAttribute("aria-busy");
  }
}

/** @param {View} view @param {{error?: string|null, problem?: string|null, errors?: Record<string, string>}} answer */
function tellErrors(view, answer) {
  if (!dialog || shown?.id !== view.id) return;
  say(dialog, answer.problem ?? answer.error ?? "");
  if (!answer.errors) return;
  const blocks = /** @type {HTMLElement} */ (dialog.querySelector(".blocks"));
  showErrors(blocks, answer.errors);
  /** @type {HTMLElement|null} */ (blocks.querySelector(".wrong [data-focus]"))?.focus();
}

/** @param {boolean} all */
async function close(all) {
  const view = shown;
  if (!view) return;
  const answer = (await flush()) ?? await act("close", { view: view.id, all });
  if (answer.error) whenStill(() => { if (dialog) say(dialog, answer.error ?? ""); });
}
