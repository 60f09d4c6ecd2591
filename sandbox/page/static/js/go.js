// @ts-check
/**
 * Going places: who the viewer acts as and what they look at, kept in the address bar.
 * @module
 */

import { toast } from "./dialog.js";
import { whenStill } from "./hold.js";
import { act, follow } from "./server.js";
import { appPlace, changed, placeName, placeOf, state, viewer, where } from "./store.js";
import { byId } from "./dom.js";
import { flush } from "./surface.js";

/** Read the address bar. */
export function readAddress() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const tab = asked.get("tab");
  Object.assign(where, { as: asked.get("as"), at: asked.get("at"), thread: asked.get("thread"), tab: tab === "home" || tab === "messages" ? tab : null });
}

function writeAddress() {
  const said = new URLSearchParams();
  for (const name of /** @type {const} */ (["as", "at", "tab", "thread"])) if (where[name]) said.set(name, where[name] ?? "");
  history.replaceState(null, "", `#${said}`);
}

/** Follow the place the viewer is at. */
export function look() {
  if (state.messages && state.messages.id !== where.at) state.messages = null;
  if (state.thread && state.thread.ts !== where.thread) state.thread = null;
  writeAddress();
  changed("where");
  follow((lost) => whenStill(() => { byId("lost").hidden = !lost; }));
}

/**
 * Act as somebody. They come in where they were last, or where the viewer was if they are there, too.
 * @param {string} id
 */
export async function actAs(id) {
  if (id === where.as) return;
  await flush();
  if (where.as) lastPlaces.set(where.as, { at: where.at, tab: where.tab });
  const last = lastPlaces.get(id);
  const tab = last ? last.tab : where.tab;
  Object.assign(where, { as: id, at: tab ? null : last?.at ?? where.at, tab, thread: null, limit: 100 });
  Object.assign(state, { home: null, modals: [], places: [], messages: null, thread: null });
  changed("modals", "home", "places", "messages", "thread");
  look();
}

/** @type {Map<string, {at: string|null, tab: "home"|"messages"|null}>} */
const lastPlaces = new Map();

/**
 * In a narrow window, show the people and conversations over everything else, or put them away.
 * @param {boolean} out
 */
export function foldOut(out) {
  document.body.classList.toggle("folded-out", out);
  byId("fold").setAttribute("aria-expanded", String(out));
}

/**
 * Look at a conversation, or at one of the app's tabs.
 * @param {string|null} at
 * @param {"home"|"messages"|null} [tab]
 */
export function goTo(at, tab = null) {
  Object.assign(where, { at, tab, thread: null, limit: 100 });
  foldOut(false);
  look();
  if (tab) open(tab);
}

/** Let the app hear that its tab was opened. @param {"home"|"messages"} tab */
async function open(tab) {
  const answer = await act("open", { tab });
  if (answer.error) toast(answer.error, "error");
}

/** @param {string|null} ts the thread to open, or null */
export function openThread(ts) {
  where.thread = ts;
  look();
}

/** Show a hundred earlier messages more. */
export function lookEarlier() {
  where.limit += 100;
  look();
}

/** Once the places are known: stay where the address says, else go somewhere sensible. */
export function settle() {
  if (!state.me.id || !state.places.length) return;
  if (!where.as || (!where.at && !where.tab && state.me.at)) {
    where.as ??= state.me.id;
    if (!where.tab) where.at ??= state.me.at;
    writeAddress();
    changed("where");
  }
  const app = appPlace();
  const there = placeOf(where.at);
  if (where.tab && app && there?.id !== app.id) return goTo(app.id, where.tab);
  if (there && app && there.id === app.id && !where.tab) return goTo(there.id, "messages");
  if (there?.joined || there?.kind === "public" ) return;
  const first = state.places.find((each) => each.joined && each.kind !== "im") ?? app ?? state.places[0];
  if (first && first.id !== where.at) goTo(first.id, first.id === app?.id ? "messages" : null);
}

/**
 * Find a place by the words of the tour: `#channel`, `home`, `messages` or `group`.
 * @param {string} words
 */
export function goToNamed(words) {
  if (words === "home" || words === "messages") return goTo(appPlace()?.id ?? null, words);
  const groups = state.places.filter((each) => each.kind === "mpim");
  const found = words === "group" ? groups.at(-1) : state.places.find((each) => `#${each.name}` === words);
  if (found) goTo(found.id);
}

/** What the viewer looks at, for the window's title. */
export function title() {
  const place = placeOf(where.at);
  const name = where.tab === "home" ? `${state.app.name} Home` : place ? placeName(place) : "";
  return [name, viewer()?.name].filter(Boolean).join(" · ");
}
