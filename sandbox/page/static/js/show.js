// @ts-check
/**
 * The show: what plays by itself, and the hands on it. The page follows it until the viewer goes somewhere else.
 * @module
 */

import { toast } from "./dialog.js";
import { byId } from "./dom.js";
import { act } from "./server.js";
import { state, where } from "./store.js";
import { goWhere } from "./tour.js";

/** @typedef {import("./types.js").Scene} Scene */

/** Where the show has led the viewer, as one string; null before it has. @type {string|null} */
let led = null;
let drawn = "";
let leading = false;
/** Whoever comes with an address wants to be there. */
const came = location.hash.length > 1;

function here() {
  return JSON.stringify([where.as, where.at, where.tab]);
}

/** @param {Scene} scene */
function view(scene) {
  return JSON.stringify([scene.number, scene.who, scene.where]);
}

/** Before a form goes away: take the show out of it again. */
export function keepShow() {
  if (!state.modals.length) put(byId("main"));
}

/** A form leaves nothing else within reach, so the hands on the show go into it. @param {Element} place */
function put(place) {
  const show = byId("show");
  if (show.parentElement === place) return;
  const active = show.contains(document.activeElement) ? /** @type {HTMLElement} */ (document.activeElement) : null;
  // Behind the form: what is asked there comes first, for the eye and for whoever tabs.
  if (place === byId("main")) place.prepend(show);
  else place.append(show);
  active?.focus();
}

/** Draw the scene that plays, and follow it. */
export function drawShow() {
  const scene = state.show;
  put((scene && document.querySelector("dialog.modal")) || byId("main"));
  byId("show").hidden = !scene;
  if (!scene) return;
  byId("show-count").textContent = `The story: part ${scene.number} of ${scene.of}`;
  set("show-title", scene.title);
  set("show-text", scene.text);
  const away = led !== null ? here() !== led : came;
  byId("show-follow").hidden = !scene.who || !away || leading;
  if (view(scene) === drawn || leading) return;
  drawn = view(scene);
  if (!away && !(/** @type {HTMLTextAreaElement} */ (byId("composer-text")).value)) lead(scene);
}

/** Say only what is new: a screen reader hears every change. @param {string} id @param {string} words */
function set(id, words) {
  if (byId(id).textContent !== words) byId(id).textContent = words;
}

/** @param {Scene} scene */
async function lead(scene) {
  if (!scene.who) return;
  leading = true;
  await goWhere(scene.who, scene.where);
  leading = false;
  led = here();
  drawShow();
}

/** @param {string} what */
async function direct(what) {
  const answer = await act("show", { do: what });
  if (answer.error) toast(answer.error, "error");
}

/** Wire what never changes. */
export function startShow() {
  byId("show-follow").addEventListener("click", () => { if (state.show) lead(state.show); });
  byId("show-skip").addEventListener("click", () => direct("skip"));
  byId("show-skip-all").addEventListener("click", () => direct("skip all"));
  byId("show-take-over").addEventListener("click", () => direct("take over"));
}
