// @ts-check
/**
 * The guided tour: one step at a time above the conversation; it never stands in the way.
 * @module
 */

import { byId, fill, h } from "./dom.js";
import { actAs, goToNamed } from "./go.js";
import { leap } from "./topbar.js";
import { changed, state, until, where } from "./store.js";

const LEAPS = /** @type {Record<string, string>} */ ({ next: "Go to the next event", hour: "Let an hour pass", day: "Let a day pass", week: "Let a week pass" });
const KEPT = "sandbox tour";

let at = 0;
let open = true;

/** @param {number} step @param {boolean} [show] */
function turn(step, show = true) {
  at = step;
  open = show;
  sessionStorage.setItem(KEPT, JSON.stringify({ at, open }));
  changed("tour");
}

/** Draw the step the visitor is at. */
export function drawTour() {
  const { tour } = state;
  const waits = !tour || Boolean(state.show);
  byId("tour-toggle").hidden = waits;
  byId("tour").hidden = waits || !open;
  byId("tour-toggle").setAttribute("aria-pressed", String(open));
  if (!tour) return;
  const step = tour.steps[Math.min(at, tour.steps.length - 1)];
  const ticked = tour.ticked.includes(at);
  byId("tour-count").textContent = `${tour.title}: step ${at + 1} of ${tour.steps.length}`;
  fill(byId("tour-title"), ticked ? [h("span", { class: "tick-mark", "aria-hidden": "true" }, "✓ "), `${step.title} `, h("span", { class: "sr" }, "(done)")] : step.title);
  byId("tour-text").textContent = step.text;
  drawButtons(step, ticked, tour.steps.length);
  fill(byId("tour-dots"), tour.steps.map((each, index) => h("button", {
    type: "button", class: `dot${tour.ticked.includes(index) ? " done" : ""}`, "aria-current": index === at ? "step" : null, title: each.title,
    "aria-label": `Step ${index + 1}: ${each.title}${tour.ticked.includes(index) ? ", done" : ""}`, "data-focus": `dot ${index}`, onclick: () => turn(index),
  })));
}

/** @param {import("./types.js").Step} step @param {boolean} ticked @param {number} count */
function drawButtons(step, ticked, count) {
  const one = (/** @type {string} */ name, /** @type {string} */ words, /** @type {() => void} */ act, strong = false) =>
    h("button", { type: "button", class: `button small${strong ? " primary" : ""}`, "data-focus": `tour ${name}`, onclick: act }, words);
  fill(byId("tour-buttons"),
    step.who || step.where ? one("go", step.who ? `Act as ${step.who}` : "Take me there", () => go(step), !ticked && !step.leap) : null,
    step.leap ? one("leap", LEAPS[step.leap], () => leap(step.leap ?? "next"), !ticked) : null,
    at > 0 ? one("back", "Back", () => turn(at - 1)) : null,
    at < count - 1 ? one("next", "Next step", () => turn(at + 1), ticked) : one("end", "End the tour", () => turn(0, false), ticked));
}

/**
 * Act as somebody, and look at a place as they see it.
 * @param {string|null} name @param {string|null} place
 */
export async function goWhere(name, place) {
  const who = state.people.find((each) => each.name === name);
  if (who) await actAs(who.id);
  await until(() => state.me.id === where.as && state.places.length);
  if (place) goToNamed(place);
}

/** @param {import("./types.js").Step} step */
async function go(step) {
  await goWhere(step.who, step.where);
  if (!step.types) return;
  const text = /** @type {HTMLTextAreaElement} */ (byId("composer-text"));
  text.value = step.types;
  requestAnimationFrame(() => text.focus());
}

/** Wire what never changes. */
export function startTour() {
  try {
    ({ at, open } = { at, open, ...JSON.parse(sessionStorage.getItem(KEPT) ?? "{}") });
  } catch { /* a tour that cannot be remembered starts anew */ }
  byId("tour-hide").addEventListener("click", () => { turn(at, false); byId("tour-toggle").focus(); });
  byId("tour-toggle").addEventListener("click", () => turn(at, !open));
}
