// @ts-check
/**
 * Messages: a conversation as it reads, day by day, and the thread beside it.
 * @module
 */

import { announce } from "./dialog.js";
import { attachmentNode, blockParts } from "./blocks.js";
import { byId, fill, h, icon, keyed, parts } from "./dom.js";
import { face } from "./faces.js";
import { actAs, lookEarlier, openThread } from "./go.js";
import { mrkdwn } from "./mrkdwn.js";
import { withEmoji } from "./emoji.js";
import { chooseReaction, react } from "./react.js";
import { clock, day, dayDivider, whole } from "./times.js";
import { nameOf, person, state, viewer, where, zone } from "./store.js";

/** @typedef {import("./types.js").Message} Message */
/** @typedef {{key: string, day?: string, earlier?: number, message?: Message, follows?: boolean}} Row */

const TOGETHER_SECONDS = 300;
const NEAR_END = 80;

let shownPlace = "";
let newestTs = "";

/** Draw the open conversation. */
export function drawMessages() {
  const list = byId("messages");
  const open = where.tab === "home" ? null : state.messages;
  const scroller = byId("scroller");
  const place = `${where.as} ${open?.id}`;
  const fresh = place !== shownPlace;
  const atEnd = fresh || scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < NEAR_END;
  keyed(list, open ? rows(open.messages, open.earlier) : [], { key: (row) => row.key, sign, make: rowNode, update: mended });
  if (atEnd) scroller.scrollTop = scroller.scrollHeight;
  if (open) tellNewest(open.messages, fresh);
  shownPlace = open ? place : "";
}

/** @param {Message[]} messages @param {boolean} fresh */
function tellNewest(messages, fresh) {
  const newest = messages.at(-1);
  const isNew = newest && newest.ts > newestTs && !fresh;
  newestTs = newest?.ts ?? "";
  if (isNew && newest.user !== where.as) announce(`${nameOf(newest.user)}: ${newest.text || "a new message"}`);
}

/** @param {Message[]} messages @param {number} earlier @returns {Row[]} */
function rows(messages, earlier) {
  /** @type {Row[]} */
  const found = earlier ? [{ key: "earlier", earlier }] : [];
  /** @type {Message|null} */
  let before = null;
  for (const message of messages) {
    const date = day(seconds(message), zone());
    if (!before || day(seconds(before), zone()) !== date) {
      found.push({ key: `day ${date}`, day: dayDivider(seconds(message), zone(), state.clock.now) });
      before = null;
    }
    found.push({ key: message.ts, message, follows: follows(before, message) });
    before = message;
  }
  return found;
}

/** @param {Message|null} before @param {Message} message */
function follows(before, message) {
  return Boolean(before && before.user === message.user && !before.subtype && !message.subtype && !before.replies
    && before.ephemeral === message.ephemeral && seconds(message) - seconds(before) < TOGETHER_SECONDS);
}

/** @param {Message} message */
function seconds(message) {
  return Number(message.ts);
}

/** What all that is drawn for this viewer today depends on. */
function look() {
  return `${where.as} ${day(state.clock.now, zone())}`;
}

/** What a drawn row depends on; chosen values are the row's own business. @param {Row} row */
function sign(row) {
  const { values: _values, ...rest } = row.message ?? { values: null };
  return JSON.stringify([row.day, row.earlier, row.follows, rest, look(), row.message && nameOf(row.message.user)]);
}

/** @param {Row} row */
function rowNode(row) {
  if (row.message) return isNote(row.message) ? noteNode(row.message) : messageNode(row.message, Boolean(row.follows), false);
  if (row.day) return h("li", { class: "day" }, h("span", {}, row.day));
  return h("li", { class: "earlier" }, h("button", { type: "button", class: "button", "data-focus": "earlier", onclick: lookEarlier }, `Show earlier messages (${row.earlier})`));
}

/** Mend the row that is there, so that only what changed in it is replaced. @param {HTMLElement} node @param {Row} row */
function mended(node, row) {
  if (!row.message || isNote(row.message) || !node.matches(".message")) return false;
  dress(node, row.message, Boolean(row.follows), false);
  return true;
}

/** @param {Message} message */
function isNote(message) {
  return message.subtype?.startsWith("channel_") ?? false;
}

/** @param {Message} message @param {boolean} follows @param {boolean} inThread */
function messageNode(message, follows, inThread) {
  const node = h("li");
  dress(node, message, follows, inThread);
  return node;
}

/** @param {HTMLElement} node @param {Message} message @param {boolean} follows @param {boolean} inThread */
function dress(node, message, follows, inThread) {
  const name = nameOf(message.user);
  node.className = `message${message.ephemeral ? " ephemeral" : ""}${follows ? " follows" : ""}`;
  node.dataset.ts = message.ts;
  parts(node, [
    { key: "face", sign: JSON.stringify([follows, name, where.as]), make: () => (follows ? h("span", { class: "face-space" }) : faceButton(message.user)) },
    grown("body", "div", "body", (box) => dressBody(box, message, follows, inThread)),
    message.ephemeral ? null : { key: "acts", sign: JSON.stringify([name, message.thread_ts]), make: () => h("div", { class: "message-acts" }, reactButton(message, name), inThread ? null : replyButton(message, name)) },
  ]);
}

/**
 * A part that is kept and dressed each time.
 * @param {string} key @param {string} tag @param {string} style @param {(node: HTMLElement) => void} dressed
 * @returns {import("./dom.js").Part}
 */
function grown(key, tag, style, dressed) {
  const again = (/** @type {HTMLElement} */ node) => { dressed(node); return true; };
  const make = () => { const node = h(tag, { class: style }); dressed(node); return node; };
  return { key, sign: String(grownParts += 1), make, update: again };
}

/** Grown parts look into themselves each time: no two of their signs are the same. */
let grownParts = 0;

/** @param {HTMLElement} box @param {Message} message @param {boolean} follows @param {boolean} inThread */
function dressBody(box, message, follows, inThread) {
  const { ephemeral, reactions, replies, files } = message;
  parts(box, [
    ephemeral && { key: "only-you", sign: "", make: () => h("div", { class: "only-you" }, icon("eye"), "Only visible to you") },
    { key: "head", sign: JSON.stringify([follows, nameOf(message.user), zone()]), make: () => headNode(message, follows) },
    grown("content", "div", "content", (node) => parts(node, contentParts(message))),
    ...files.map((/** @type {any} */ file) => ({ key: `file ${file.id}`, sign: JSON.stringify(file), make: () => fileNode(file) })),
    reactions.length > 0 && grown("reactions", "div", "reactions", (node) => dressReactions(node, message)),
    !inThread && replies && { key: "replies", sign: JSON.stringify([replies, zone()]), make: () => threadButton(message) },
  ]);
}

/** @param {Message} message @param {boolean} follows */
function headNode(message, follows) {
  const at = whole(seconds(message), zone());
  const time = h("time", { datetime: new Date(seconds(message) * 1000).toISOString(), title: at }, clock(seconds(message), zone()));
  return h("div", { class: follows ? "head hidden" : "head" }, h("span", { class: "name", dir: "auto" }, nameOf(message.user)), message.by_app ? h("span", { class: "badge" }, "APP") : null, time);
}

/** @param {HTMLElement} box @param {Message} message */
function dressReactions(box, message) {
  keyed(box, message.reactions, { key: (each) => each.name, sign: (each) => JSON.stringify([each, each.users.map(nameOf), where.as]), make: (each) => reactionNode(message, each) });
}

/** @param {Message} message @param {string} name */
function reactButton(message, name) {
  return h("button", { type: "button", class: "button small", "data-focus": `react ${message.ts}`, "aria-label": `React to ${name}`, onclick: () => chooseReaction(message) }, icon("smile"), "React");
}

/** @param {Message} message @param {string} name */
function replyButton(message, name) {
  return h("button", { type: "button", class: "button small", "data-focus": `reply ${message.ts}`, "aria-label": `Reply in thread to ${name}`, onclick: () => openThread(message.thread_ts ?? message.ts) }, icon("thread"), "Reply");
}

/** @param {string} id */
function faceButton(id) {
  const who = person(id);
  if (!who || who.bot || who.deleted || id === where.as) return h("span", { class: "face-space" }, face(id));
  return h("button", { type: "button", class: "plain face-space", title: `Act as ${who.name}`, "aria-label": `Act as ${who.name}`, onclick: () => actAs(id) }, face(id));
}

/** @param {Message} message */
function noteNode(message) {
  return h("li", { class: "note" }, h("span", { dir: "auto" }, mrkdwn(message.text)), h("time", { title: whole(seconds(message), zone()) }, clock(seconds(message), zone())));
}

/** @param {Message} message @returns {(import("./dom.js").Part|false)[]} */
function contentParts(message) {
  const { text, blocks, attachments } = message;
  const surface = { at: { channel: message.channel, ts: message.ts }, values: message.values };
  return [
    ...blockParts(blocks, surface, look()),
    !blocks.length && text !== "" && { key: "text", sign: JSON.stringify([text, look()]), make: () => h("div", { dir: "auto" }, mrkdwn(text)) },
    ...attachments.map((each, index) => ({ key: `attachment ${index}`, sign: JSON.stringify([each, look()]), make: () => attachmentNode(each, surface) })),
    message.edited && { key: "edited", sign: "", make: () => h("small", { class: "edited" }, "(edited)") },
  ];
}

/** @param {any} file */
function fileNode(file) {
  if (file.deleted) return h("div", { class: "file" }, "This file was deleted.");
  const address = `/page/files/${file.id}/`;
  if (/^image\/(png|jpeg|gif|webp)$/.test(file.mimetype)) return h("figure", { class: "picture" }, h("figcaption", { dir: "auto" }, file.title), h("img", { class: "large", src: `${address}picture`, alt: file.title }));
  return h("a", { class: "file", href: `${address}download`, download: file.name }, icon("file"), h("span", {}, h("strong", { dir: "auto" }, file.title), h("small", {}, `${file.name}, ${Math.max(1, Math.round(file.size / 1024))} kB`)));
}

/** @param {Message} message @param {{name: string, users: string[]}} reaction */
function reactionNode(message, { name, users }) {
  const words = `${users.map(nameOf).join(", ")} reacted with :${name}:`;
  return h("button", {
    type: "button", class: "reaction", title: words, "aria-label": words, "aria-pressed": String(users.includes(where.as ?? "")),
    "data-focus": `reaction ${message.ts} ${name}`, onclick: () => react(message, name),
  }, withEmoji(`:${name}:`), ` ${users.length}`);
}

/** @param {Message} message */
function threadButton(message) {
  const { count, last, users } = message.replies ?? { count: 0, last: "0", users: [] };
  return h("button", { type: "button", class: "plain thread-button", "data-focus": `thread ${message.ts}`, onclick: () => openThread(message.ts) }, users.map((id) => face(id, "small")), h("strong", {}, `${count} ${count === 1 ? "reply" : "replies"}`), h("small", {}, `Last reply ${clock(Number(last), zone())}`));
}

/** Draw the thread beside the conversation. */
export function drawThread() {
  const panel = byId("thread");
  const thread = where.thread ? state.thread : null;
  const wasHidden = panel.hidden;
  panel.hidden = !thread;
  if (!thread) return;
  keyed(byId("thread-messages"), thread.messages, {
    key: (message) => message.ts, sign: (message) => sign({ key: "", message }), make: (message) => messageNode(message, false, true),
    update: (node, message) => { dress(node, message, false, true); return true; },
  });
  if (wasHidden) byId("thread-text").focus();
}

/** Say why there is nothing, where there is nothing. */
export function drawEmpty() {
  const empty = byId("empty");
  const nobody = state.people.length > 0 && !state.people.some((each) => !each.bot);
  const nothing = where.tab !== "home" && state.messages !== null && !state.messages.messages.length;
  empty.hidden = !nobody && !nothing;
  const words = nobody ? "Nobody lives in this workspace yet. Add people to its file, or from the program that runs it." : `Nothing here yet${viewer() ? `, ${viewer()?.name}` : ""}.`;
  fill(empty, h("p", { dir: "auto" }, words));
}
