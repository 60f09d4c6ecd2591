// @ts-check
/**
 * Faces: the small squares with initials that stand for people.
 * @module
 */

import { h } from "./dom.js";
import { person } from "./store.js";

/** @param {string} id @param {string} [size] */
export function face(id, size = "") {
  const who = person(id);
  const name = who?.name ?? "?";
  const letters = name.split(/\s+/).map((word) => [...word][0] ?? "").slice(0, 2).join("").toUpperCase();
  const hue = [...id].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7) % 10;
  return h("span", { class: `face hue-${hue} ${size} ${who?.bot ? "bot" : ""}`, "aria-hidden": "true" }, letters);
}
