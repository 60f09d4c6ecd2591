// @ts-check
/**
 * What the page knows: the sections the server streams, and where the viewer is.
 * @module
 */

import { rememberFocus } from "./focus.js";
import { whenStill } from "./hold.js";

/** @typedef {import("./types.js").Person} Person */
/** @typedef {import("./types.js").Place} Place */

/**
 * @type {{me: {id: string|null, team: string, at: string|null}, app: import("./types.js").App, people: Person[], places: Place[],
 *   messages: {id: string, messages: import("./types.js").Message[], earlier: number}|null,
 *   thread: {id: string, ts: string, messages: import("./types.js").Message[]}|null,
 *   home: import("./types.js").View|null, modals: import("./types.js").View[],
 *   clock: import("./types.js").Clock, tour: import("./types.js").Tour|null, show: import("./types.js").Scene|null,
 *   wire: {last: number, errors: number, faults: {kind: string, method: string, left: number}[]}}}
 */
export const state = {
  me: { id: null, team: "", at: null },
  app: { name: "", bot: "", installed: true, socket_mode: true, connections: 0, home_tab: false, messages_tab: false, read_only: false, commands: [] },
  people: [],
  places: [],
  messages: null,
  thread: null,
  home: null,
  modals: [],
  clock: { now: 0, movable: false },
  tour: null,
  show: null,
  wire: { last: 0, errors: 0, faults: [] },
};

/**
 * Where the viewer is: acting as whom, in which conversation, on which of the app's tabs, in which thread.
 * @type {{as: string|null, at: string|null, tab: "home"|"messages"|null, thread: string|null, limit: number}}
 */
export const where = { as: null, at: null, tab: null, thread: null, limit: 100 };

/** @type {Map<string, (() => void)[]>} */
const watchers = new Map();

/**
 * Call `draw` after any of these sections changed; `where` counts as a section.
 * @param {string[]} names
 * @param {() => void} draw
 */
export function watch(names, draw) {
  for (const name of names) watchers.set(name, [...(watchers.get(name) ?? []), draw]);
}

/** @type {Set<() => void>} */
const due = new Set();
/** @type {Set<() => void>} */
const waiting = new Set();
let planned = false;

/**
 * Tell those who watch; each draws once, however many sections changed in the same moment.
 * @param {...string} names
 */
export function changed(...names) {
  for (const name of names) for (const draw of watchers.get(name) ?? []) due.add(draw);
  if (!planned) queueMicrotask(() => whenStill(drawAll));
  planned = true;
}

function drawAll() {
  const draws = [...due];
  due.clear();
  planned = false;
  const back = rememberFocus();
  for (const draw of draws) attempt(draw);
  for (const look of waiting) attempt(look);
  back();
}

/** One part that cannot be drawn keeps no other from it. @param {() => void} work */
function attempt(work) {
  try {
    work();
  } catch (error) {
    reportError(error);
  }
}

/**
 * Wait until something is so, and drawn.
 * @param {() => unknown} condition
 * @returns {Promise<void>}
 */
export function until(condition) {
  return new Promise((resolve) => {
    const look = () => {
      if (!condition()) return;
      waiting.delete(look);
      resolve();
    };
    waiting.add(look);
    changed();
  });
}

/**
 * @param {string} id
 * @returns {Person|undefined}
 */
export function person(id) {
  return state.people.find((each) => each.id === id);
}

/** @param {string} id */
export function nameOf(id) {
  return person(id)?.name ?? id;
}

/** @returns {Person|undefined} */
export function viewer() {
  return person(where.as ?? "");
}

/** The viewer's time zone. */
export function zone() {
  return viewer()?.tz ?? "UTC";
}

/**
 * @param {string|null} id
 * @returns {Place|undefined}
 */
export function placeOf(id) {
  return state.places.find((each) => each.id === id);
}

/**
 * What a conversation is called on this viewer's screen.
 * @param {Place} place
 */
export function placeName(place) {
  if (place.kind === "public" || place.kind === "private") return place.name;
  return others(place).map(nameOf).join(", ") || `${nameOf(where.as ?? "")} (you)`;
}

/**
 * Who is in a conversation besides the viewer; in a group, the app counts as nobody.
 * @param {Place} place
 */
export function others(place) {
  return place.members.filter((id) => id !== where.as && (place.kind === "im" || id !== state.app.bot));
}

/** The viewer's conversation with the app. */
export function appPlace() {
  return state.places.find((each) => each.kind === "im" && each.members.includes(state.app.bot));
}
