// @ts-check
/**
 * Asking: what is pressed or chosen happens after the question that goes with it, and shows that it is under way.
 * @module
 */

import { confirmed } from "./dialog.js";

/**
 * Do something once; while it is under way, doing it again does nothing.
 * @param {any} element asks first where it has a `confirm`
 * @param {HTMLElement} node
 * @param {() => Promise<any>} work
 */
export async function pressing(element, node, work) {
  if (node.getAttribute("aria-busy") !== "true") await changing(element, node, work);
}

/**
 * Do something as often as it is wanted.
 * @param {any} element asks first where it has a `confirm`
 * @param {HTMLElement} node
 * @param {() => Promise<any>} work
 * @returns {Promise<boolean>} whether it was done; work says that it was not by answering with false
 */
export async function changing(element, node, work) {
  if (element.confirm && !(await confirmed(element.confirm))) return false;
  node.setAttribute("aria-busy", "true");
  try {
    return (await work()) !== false;
  } finally {
    node.removeAttribute("aria-busy");
  }
}
