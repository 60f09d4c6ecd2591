// @ts-check
/**
 * The sidebar and the rail of people: where to go, and as whom.
 * @module
 */

import { byId, fill, h, icon, keyed } from "./dom.js";
import { face } from "./faces.js";
import { act } from "./server.js";
import { toast } from "./dialog.js";
import { actAs, foldOut, goTo, title } from "./go.js";
import { appPlace, changed, nameOf, others, placeName, placeOf, state, viewer, where } from "./store.js";
import { writeToSomebody } from "./write.js";

/** @typedef {import("./types.js").Place} Place */

/** Draw the conversations of the viewer. */
export function drawPlaces() {
  const app = appPlace();
  const named = (/** @type {Place} */ a, /** @type {Place} */ b) => placeName(a).localeCompare(placeName(b));
  const channels = state.places.filter((each) => /^p/.test(each.kind)).sort(named);
  const groups = state.places.filter((each) => each.kind === "mpim" || (each.kind === "im" && each !== app)).sort(named);
  drawList("channels", channels.filter((each) => each.joined));
  drawList("other-channels", channels.filter((each) => !each.joined));
  drawList("groups", groups);
  byId("channels-box").hidden = !channels.length;
  byId("others-box").hidden = !byId("other-channels").children.length;
  drawApp(app);
}

/** @param {string} id @param {Place[]} places */
function drawList(id, places) {
  keyed(byId(id), places, {
    key: (place) => place.id,
    sign: (place) => JSON.stringify([place, placeName(place), isHere(place)]),
    make: (place) => placeNode(sign(place), placeName(place), place, isHere(place), () => goTo(place.id)),
  });
}

/** What stands before a conversation's name. @param {Place} place */
function sign(place) {
  if (place.kind === "im") return face(others(place)[0] ?? where.as ?? "", "small");
  return icon(place.kind === "private" ? "lock" : place.kind === "mpim" ? "group" : "hash");
}

/** @param {Place} place */
function isHere(place) {
  return place.id === where.at;
}

/** @param {Place|undefined} app */
function drawApp(app) {
  byId("app-name").textContent = state.app.name ?? "";
  /** @type {{key: string, name: string, before: string, place?: Place}[]} */
  const tabs = [];
  if (state.app.home_tab) tabs.push({ key: "home", name: "Home", before: "home" });
  if (state.app.messages_tab || app) tabs.push({ key: "messages", name: "Messages", before: "message", place: app });
  keyed(byId("app-tabs"), tabs, {
    key: (tab) => tab.key, sign: (tab) => JSON.stringify([tab, where.tab, app?.id]),
    make: ({ key, name, before, place }) => placeNode(icon(before), name, place, where.tab === key, () => goTo(app?.id ?? null, /** @type {"home"|"messages"} */ (key)), `app ${key}`),
  });
}

/**
 * @param {Node} before
 * @param {string} name
 * @param {Place|undefined} place
 * @param {boolean} here
 * @param {() => void} go
 * @param {string} [focus]
 */
function placeNode(before, name, place, here, go, focus) {
  const unread = here ? 0 : place?.unread ?? 0;
  const mentions = here ? 0 : place?.mentions ?? 0;
  const words = unread ? `, ${unread} unread` : "";
  return h("li", {}, h("button", {
    type: "button", class: `place${unread ? " unread" : ""}${place?.archived ? " archived" : ""}`, "aria-current": here ? "page" : null,
    "data-focus": focus ?? `place ${place?.id}`, onclick: go, title: name,
  }, before, h("span", { class: "place-name", dir: "auto" }, name), words ? h("span", { class: "sr" }, words) : null,
  mentions ? h("span", { class: "count", "aria-hidden": "true" }, String(mentions)) : null));
}

/** Draw everybody one can act as. */
export function drawPeople() {
  const people = state.people.filter((each) => !each.bot);
  const wanted = /** @type {HTMLInputElement} */ (byId("people-search")).value.trim().toLocaleLowerCase();
  const shown = people.filter((each) => `${each.name} ${each.title} ${each.handle}`.toLocaleLowerCase().includes(wanted));
  keyed(byId("people"), shown, { key: (each) => each.id, sign: (each) => JSON.stringify([each, each.id === where.as]), make: personNode });
  const me = viewer();
  fill(byId("me"), me ? [face(me.id, "small"), h("span", { class: "me-name", dir: "auto" }, me.name), h("small", { class: "me-more", dir: "auto" }, [me.title, me.tz.split("/").at(-1)?.replaceAll("_", " ")].filter(Boolean).join(" · "))] : []);
}

/** @param {import("./types.js").Person} each */
function personNode(each) {
  const waiting = each.unread ? `, ${each.unread} unread` : "";
  const note = each.deleted ? ", deactivated" : "";
  return h("li", { role: "none" }, h("button", {
    type: "button", class: `person${each.deleted ? " gone" : ""}`, "data-focus": `person ${each.id}`, "aria-pressed": String(each.id === where.as),
    title: `Act as ${each.name}${each.title ? `, ${each.title}` : ""} (${each.tz})${note}`, "aria-label": `Act as ${each.name}${note}${waiting}`, onclick: () => actAs(each.id),
  }, face(each.id), h("span", { class: "person-name", dir: "auto" }, each.name), each.unread ? h("span", { class: "count", "aria-hidden": "true" }, String(each.unread)) : null));
}

/** Draw the heading of the open place. */
export function drawHeading() {
  const place = placeOf(where.at);
  const isApp = where.tab !== null;
  document.title = `${title() || "Sandbox"} · ${state.me.team}`;
  fill(byId("place-title"), isApp ? [face(state.app.bot, "small"), nameNode(state.app.name)] : place ? [sign(place), nameNode(placeName(place))] : []);
  const tabs = byId("tabs");
  tabs.hidden = !isApp || !state.app.home_tab;
  for (const name of /** @type {const} */ (["home", "messages"])) byId(`tab-${name}`).setAttribute("aria-current", String(where.tab === name));
  const people = place && !isApp ? place.members : [];
  const line = people.length ? `${people.length} ${people.length === 1 ? "member" : "members"}${place?.archived ? ", archived" : ""}` : "";
  const members = byId("members");
  members.textContent = line;
  members.title = people.map(nameOf).join(", ");
  byId("join-box").hidden = !place || place.joined || isApp;
  byId("scroller").hidden = where.tab === "home";
}

/** @param {string} name */
function nameNode(name) {
  return h("span", { dir: "auto" }, name);
}

/** Wire what never changes. */
export function startSidebar() {
  byId("people-search").addEventListener("input", () => changed("people"));
  byId("tab-home").addEventListener("click", () => goTo(appPlace()?.id ?? null, "home"));
  byId("tab-messages").addEventListener("click", () => goTo(appPlace()?.id ?? null, "messages"));
  byId("write-to").addEventListener("click", writeToSomebody);
  byId("join").addEventListener("click", async () => {
    const answer = await act("join", { channel: where.at });
    if (answer.error) toast(answer.error, "error");
  });
  byId("fold").addEventListener("click", () => foldOut(!document.body.classList.contains("folded-out")));
  byId("main").addEventListener("click", () => foldOut(false));
  byId("side").addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    foldOut(false);
    byId("fold").focus();
  });
}
