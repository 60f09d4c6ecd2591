// @ts-check
/**
 * Slack's mrkdwn as DOM nodes (docs.slack.dev/messaging/formatting-message-text). Nothing is ever parsed as HTML.
 * @module
 */

import { withEmoji } from "./emoji.js";
import { h } from "./dom.js";
import { dateTokens, whole } from "./times.js";
import { nameOf, placeOf, state, where, zone } from "./store.js";

const FENCE = /```\n?([\s\S]*?)\n?```/;
const ATOM = /`([^`\n]+)`|<([^<>\n]+)>/g;
const ATOM_OR_ADDRESS = new RegExp(`${ATOM.source}|(https?://[^\\s<>]*[^\\s<>.,;:!?)*_~'"])`, "g");
const FIRST_ATOM = 0xe000;
/** Browsers know no later one (ECMAScript, time values). */
const LAST_MOMENT = 8.64e12;
const BEFORE = "(^|[\\s([{\"'‘“\\-–—/.,:;!?>*_~])";
const AFTER = "(?=$|[\\s)\\]}\"'’”\\-–—/.,:;!?<*_~])";
/** @type {[string, RegExp][]} */
export const STYLES = [
  ["strong", new RegExp(`${BEFORE}\\*(?=\\S)([^*\\n]*[^\\s*])\\*${AFTER}`)],
  ["em", new RegExp(`${BEFORE}_(?=\\S)([^\\n]*?[^\\s_])_${AFTER}`)],
  ["s", new RegExp(`${BEFORE}~(?=\\S)([^~\\n]*[^\\s~])~${AFTER}`)],
];

/**
 * A text object as nodes: mrkdwn, or plain text with emoji.
 * @param {{type: string, text: string, emoji?: boolean, verbatim?: boolean}} text
 * @returns {Node[]}
 */
export function textNodes(text) {
  if (text.type === "mrkdwn") return mrkdwn(text.text, text.verbatim);
  return lines(text.emoji === false ? unescaped(text.text) : withEmoji(unescaped(text.text)));
}

/**
 * Text with its mrkdwn rendered: code, quotes, styles, links, mentions, dates, emoji.
 * @param {string} text
 * @param {boolean} [verbatim] whether bare addresses stay plain text
 * @returns {Node[]}
 */
export function mrkdwn(text, verbatim = false) {
  const found = FENCE.exec(text);
  if (!found) return quotes(text, verbatim ? ATOM : ATOM_OR_ADDRESS);
  return [
    ...mrkdwn(text.slice(0, found.index).replace(/\n$/, ""), verbatim),
    h("pre", { tabindex: "0" }, h("code", {}, unescaped(found[1]))),
    ...mrkdwn(text.slice(found.index + found[0].length).replace(/^\n/, ""), verbatim),
  ];
}

/** @param {string} text @param {RegExp} atom @returns {Node[]} */
function quotes(text, atom) {
  if (!/^(&gt;|>)/m.test(text)) return text ? inline(text, atom) : [];
  /** @type {Node[]} */
  const nodes = [];
  /** @type {string[]} */
  let kept = [];
  let quoted = false;
  const flush = () => {
    const found = kept.length ? inline(kept.join("\n"), atom) : [];
    if (found.length) nodes.push(...(quoted ? [h("blockquote", {}, found)] : found));
    kept = [];
  };
  for (const line of text.split("\n")) {
    const isQuote = /^(&gt;|>)/.test(line);
    if (isQuote !== quoted) flush();
    quoted = isQuote;
    kept.push(isQuote ? line.replace(/^(&gt;|>) ?/, "") : line);
  }
  flush();
  return nodes;
}

/**
 * One run of text. What must not be looked into (code, links, mentions) is put aside first.
 * @param {string} text
 * @param {RegExp} atom
 * @returns {Node[]}
 */
function inline(text, atom) {
  /** @type {Node[]} */
  const atoms = [];
  const held = text.replace(atom, (whole, code, entity) => {
    atoms.push(code === undefined ? entityNode(entity ?? whole) : h("code", {}, unescaped(code)));
    return String.fromCharCode(FIRST_ATOM + atoms.length - 1);
  });
  return styled(held, atoms);
}

/** @param {string} text @param {Node[]} atoms @returns {Node[]} */
function styled(text, atoms) {
  for (const [tag, pattern] of STYLES) {
    const found = pattern.exec(text);
    if (!found) continue;
    const start = found.index + found[1].length;
    const end = found.index + found[0].length;
    return [
      ...styled(text.slice(0, start), atoms),
      h(tag, {}, styled(found[2], atoms)),
      ...styled(text.slice(end), atoms),
    ];
  }
  return plain(text, atoms);
}

/** @param {string} text @param {Node[]} atoms @returns {Node[]} */
function plain(text, atoms) {
  /** @type {Node[]} */
  const nodes = [];
  for (const piece of text.split(/([\ue000-\uf8ff])/)) {
    const atom = atoms[piece.charCodeAt(0) - FIRST_ATOM];
    if (atom) nodes.push(atom);
    else if (piece) nodes.push(...lines(withEmoji(unescaped(piece))));
  }
  return nodes;
}

/** @param {string} text @returns {Node[]} */
function lines(text) {
  return text.split("\n").flatMap((line, index) => [
    ...(index ? [document.createElement("br")] : []),
    ...(line ? [document.createTextNode(line)] : []),
  ]);
}

/** @param {string} text */
function unescaped(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

/** @param {string} entity what stands between < and > @returns {Node} */
function entityNode(entity) {
  const [what, ...rest] = entity.split("|");
  const label = rest.join("|");
  if (what.startsWith("@")) return mention(what.slice(1));
  if (what.startsWith("#")) return channelLink(what.slice(1), label);
  if (what.startsWith("!")) return special(what.slice(1), label);
  return link(unescaped(what), label ? withEmoji(unescaped(label)) : unescaped(what).replace(/^mailto:/, ""));
}

/** @param {string} id */
export function mention(id) {
  return h("span", { class: id === where.as ? "mention myself" : "mention" }, `@${nameOf(id)}`);
}

/** @param {string} id @param {string} label */
export function channelLink(id, label = "") {
  return h("span", { class: "mention" }, `#${placeOf(id)?.name || label || id}`);
}

/** @param {string} what @param {string} label */
function special(what, label) {
  if (what.startsWith("date^")) return dateNode(what, label);
  if (what.startsWith("subteam^")) return h("span", { class: "mention" }, label || `@${what.slice(8)}`);
  return h("span", { class: "mention" }, `@${what}`);
}

/** @param {string} what `date^1700000000^{date} at {time}^https://link` @param {string} fallback */
function dateNode(what, fallback) {
  const [, seconds, format, address] = what.split("^");
  return dateElement(/^\d+$/.test(seconds ?? "") ? Number(seconds) : NaN, format ?? "", fallback, address);
}

/** @param {number} seconds @param {string} format @param {string} fallback for what is no moment of any calendar @param {string} [address] */
export function dateElement(seconds, format, fallback, address) {
  if (!(seconds <= LAST_MOMENT)) return document.createTextNode(unescaped(fallback));
  const words = dateTokens(seconds, unescaped(format), zone(), state.clock.now);
  const time = h("time", { datetime: new Date(seconds * 1000).toISOString(), title: whole(seconds, zone()) }, words);
  return address ? link(unescaped(address), time) : time;
}

/**
 * A link that looks and reads like one; the sandbox says where it leads and does not go there.
 * @param {string} address
 * @param {string|Node} label
 */
export function link(address, label) {
  const tell = (/** @type {Event} */ event) => {
    event.preventDefault();
    event.target?.dispatchEvent(new CustomEvent("followed", { bubbles: true, detail: address }));
  };
  return h("a", { href: address, class: "link", title: address, rel: "noreferrer noopener", onclick: tell, onauxclick: tell }, label);
}
