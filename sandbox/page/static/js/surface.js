// @ts-check
/**
 * Surfaces: what is typed, chosen and pressed in a message, a modal or the Home tab, on its way to the app.
 * @module
 */

import { act } from "./server.js";
import { toast } from "./dialog.js";
import { whenStill } from "./hold.js";

/**
 * @typedef {import("./types.js").SurfaceAt} SurfaceAt
 * @typedef {SurfaceAt & {block_id: string, action_id: string}} Spot
 * @typedef {{at: SurfaceAt, values: import("./types.js").Values}} Surface
 */

const PAUSE_MS = 400;
const AGAIN_MS = 2000;
const SLACK_SAYS = {
  operation_timeout: "The app did not answer in time.",
  dispatch_failed: "The app could not be reached.",
  http_service_error: "The app answered with an error.",
};

/** @type {Map<string, {at: Spot, value: any, key: string}>} */
const drafts = new Map();
/** What was chosen and is on its way; `before` is what the server knew until then. @type {Map<string, {value: any, key: string, before: string}>} */
const sending = new Map();
/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;
/** @type {Promise<any>} */
let line = Promise.resolve();

/**
 * Everything goes to the server in the order in which it was done. What fails holds up nothing that comes after it.
 * @template T
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export function inLine(work) {
  const done = line.then(work);
  line = done.catch(() => {});
  return done;
}

/** @param {Surface} surface @param {{block_id: string}} block @param {{action_id: string}} element @returns {Spot} */
export function spotOf(surface, block, element) {
  return { ...surface.at, block_id: block.block_id, action_id: element.action_id };
}

/** A name for the focus to come back to. @param {Spot} spot */
export function focusName(spot) {
  return `${"view" in spot ? spot.view : spot.ts} ${spot.block_id} ${spot.action_id}`;
}

/**
 * What a field holds: what was just typed or chosen, else what the server knows.
 * @param {Surface} surface
 * @param {Spot} spot
 * @param {string} key such as `selected_option`
 */
export function valueOf(surface, spot, key) {
  const name = JSON.stringify(spot);
  const known = surface.values[spot.block_id]?.[spot.action_id]?.[key];
  const draft = drafts.get(name);
  if (draft?.key === key) return draft.value;
  const sent = sending.get(name);
  return sent?.key === key && sent.before === JSON.stringify(known) ? sent.value : known;
}

/**
 * Remember what is being typed; it is kept shortly after, and in any case before something is pressed.
 * @param {Spot} at
 * @param {any} value
 * @param {string} key as in `valueOf`: an app may put another kind of field into the same place
 */
export function draft(at, value, key) {
  drafts.set(JSON.stringify(at), { at, value, key });
  clearTimeout(timer);
  timer = setTimeout(flush, PAUSE_MS);
}

/**
 * Hand in everything that was typed.
 * @returns {Promise<{error?: string}|null>} what kept it from arriving; it is kept here then, and handed in again
 */
export function flush() {
  clearTimeout(timer);
  return inLine(handIn);
}

async function handIn() {
  const all = [...drafts.values()];
  if (!all.length) return null;
  const answer = await act("keep", { drafts: all });
  if (answer.lost) {
    clearTimeout(timer);
    timer = setTimeout(flush, AGAIN_MS);
    return answer;
  }
  for (const each of all) if (drafts.get(JSON.stringify(each.at))?.value === each.value) drafts.delete(JSON.stringify(each.at));
  return null;
}

/** What is done after something was typed is done once that has arrived. @param {string} name @param {any} details */
function after(name, details) {
  clearTimeout(timer);
  return inLine(async () => (await handIn()) ?? act(name, details));
}

/**
 * Put a value into a field; the app hears of it where Slack would tell it.
 * @param {Surface} surface
 * @param {Spot} at
 * @param {any} value
 * @param {{key: string, shown: any, again?: boolean}} how the key as in `valueOf`, and what that gives until the server
 *   knows better; `again`: what did not arrive is kept and handed in once more
 * @returns {Promise<boolean>} whether the field holds it
 */
export async function put(surface, at, value, { key, shown, again = false }) {
  const name = JSON.stringify(at);
  const before = JSON.stringify(surface.values[at.block_id]?.[at.action_id]?.[key]);
  drafts.delete(name);
  const mine = { value: shown, key, before };
  sending.set(name, mine);
  const answer = await after("fill", { at, value });
  const forget = () => { if (sending.get(name) === mine) sending.delete(name); };
  const failed = answer.refused || answer.lost;
  if (failed) forget();
  else setTimeout(forget, AGAIN_MS);
  complain(at, answer);
  if (answer.lost && again) draft(at, value, key);
  return !failed || (again && !answer.refused);
}

/**
 * Press a button or choose from an overflow menu.
 * @param {Spot} at
 * @param {string} [option]
 */
export async function press(at, option) {
  complain(at, await after("press", { at, option }));
}

/**
 * The groups of options the app offers for what was typed. Throws where nobody answered, with a sentence.
 * @param {Spot} at
 * @param {string} query
 * @returns {Promise<any[]>}
 */
export async function suggest(at, query) {
  const found = await act("suggest", { at, query });
  if (found.error) throw new Error(found.error);
  return found.groups ?? [];
}

/** @param {SurfaceAt} at @param {{error?: string|null}} answer */
function complain(at, answer) {
  if (!answer.error) return;
  const known = /** @type {Record<string, string>} */ (SLACK_SAYS)[answer.error];
  const words = known ? `${known} (${answer.error})` : answer.error;
  const open = "view" in at ? document.querySelector("dialog[open] .problem") : null;
  if (open) whenStill(() => { open.textContent = words; });
  else toast(words, "error");
}
