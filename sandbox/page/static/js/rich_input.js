// @ts-check
/**
 * Rich text that is typed: the marks people know from Slack's message box, as a rich_text block and back
 * (docs.slack.dev/reference/block-kit/block-elements/rich-text-input-element).
 * @module
 */

import { h } from "./dom.js";
import { STYLES } from "./mrkdwn.js";
import { person, placeOf, state } from "./store.js";

/** @typedef {any} Part a piece of rich text */

const NAMES = /** @type {Record<string, string>} */ ({ strong: "bold", em: "italic", s: "strike" });
const MARKS = /** @type {const} */ ([["bold", "*"], ["italic", "_"], ["strike", "~"]]);
const ATOM = /`([^`\n]+)`|<(https?:[^|>\s]+)(?:\|([^>\n]+))?>|(https?:\/\/[^\s<>]*[^\s<>.,;:!?)*_~'"])|@([\w.-]*\w)|#([\w-]+)|:([a-z0-9_+-]+):/g;
const FIRST_ATOM = 0xe000;
const LINES = /** @type {const} */ ([["bullet", /^(\s*)[-•] (.*)$/], ["ordered", /^(\s*)\d+\. (.*)$/], ["quote", /^()> ?(.*)$/]]);

/**
 * What was typed, as a rich_text block; null for nothing.
 * @param {string} text
 */
export function asRichText(text) {
  const elements = text.trim() ? text.split(/```\n?([\s\S]*?)\n?```\n?/).flatMap((piece, index) => (index % 2 ? [fence(piece)] : paragraphs(piece))) : [];
  return elements.length ? { type: "rich_text", elements } : null;
}

/** @param {string} text @returns {Part} */
function fence(text) {
  return { type: "rich_text_preformatted", elements: text ? [{ type: "text", text }] : [] };
}

/** @param {string} text @returns {Part[]} */
function paragraphs(text) {
  if (!text) return [];
  /** @type {{kind: string, indent: number, lines: string[]}[]} */
  const runs = [];
  for (const line of text.replace(/\n$/, "").split("\n")) {
    const next = lineKind(line);
    const last = runs.at(-1);
    if (last?.kind === next.kind && last.indent === next.indent) last.lines.push(next.words);
    else runs.push({ kind: next.kind, indent: next.indent, lines: [next.words] });
  }
  return runs.map(block);
}

/** @param {string} line */
function lineKind(line) {
  for (const [kind, pattern] of LINES) {
    const found = pattern.exec(line);
    if (found) return { kind, indent: Math.min(Math.floor(found[1].length / 2), 8), words: found[2] };
  }
  return { kind: "section", indent: 0, words: line };
}

/** @param {{kind: string, indent: number, lines: string[]}} run @returns {Part} */
function block({ kind, indent, lines }) {
  if (kind === "section" || kind === "quote") return { type: `rich_text_${kind}`, elements: pieces(lines.join("\n")) };
  return { type: "rich_text_list", style: kind, indent, elements: lines.map((line) => ({ type: "rich_text_section", elements: pieces(line) })) };
}

/** @param {string} text @returns {Part[]} */
function pieces(text) {
  /** @type {Part[]} */
  const atoms = [];
  const held = text.replace(ATOM, (whole, code, url, label, bare, handle, channel, emoji) => {
    const atom = atomOf({ code, url: url ?? bare, label, handle, channel, emoji });
    if (!atom) return whole;
    atoms.push(atom);
    return String.fromCharCode(FIRST_ATOM + atoms.length - 1);
  });
  return styled(held, atoms, {});
}

/** @param {Record<string, string|undefined>} found @returns {Part|null} */
function atomOf({ code, url, label, handle, channel, emoji }) {
  if (code) return { type: "text", text: code, style: { code: true } };
  if (url) return label ? { type: "link", url, text: label } : { type: "link", url };
  if (emoji) return { type: "emoji", name: emoji };
  const who = handle && state.people.find((each) => each.handle === handle);
  if (who) return { type: "user", user_id: who.id };
  const place = channel && state.places.find((each) => each.name === channel);
  return place ? { type: "channel", channel_id: place.id } : null;
}

/** @param {string} text @param {Part[]} atoms @param {Record<string, boolean>} style @returns {Part[]} */
function styled(text, atoms, style) {
  for (const [tag, pattern] of STYLES) {
    const found = pattern.exec(text);
    if (!found) continue;
    const start = found.index + found[1].length;
    const end = found.index + found[0].length;
    return [...styled(text.slice(0, start), atoms, style), ...styled(found[2], atoms, { ...style, [NAMES[tag]]: true }), ...styled(text.slice(end), atoms, style)];
  }
  return text.split(/([\ue000-\uf8ff])/).filter(Boolean).map((piece) => dressed(atoms[piece.charCodeAt(0) - FIRST_ATOM] ?? { type: "text", text: piece }, style));
}

/** @param {Part} part @param {Record<string, boolean>} style */
function dressed(part, style) {
  const all = { ...part.style, ...style };
  return Object.keys(all).length ? { ...part, style: all } : part;
}

/**
 * A rich_text block as it would be typed; what no mark stands for loses its looks, not its words.
 * @param {Part|null} rich
 */
export function asTyped(rich) {
  return (rich?.elements ?? []).map(typedBlock).join("\n");
}

/** @param {Part} part @returns {string} */
function typedBlock(part) {
  if (part.type === "rich_text_list") {
    const space = "  ".repeat(part.indent ?? 0);
    return part.elements.map((/** @type {Part} */ item, /** @type {number} */ index) => `${space}${part.style === "ordered" ? `${index + 1}.` : "-"} ${words(item)}`).join("\n");
  }
  if (part.type === "rich_text_preformatted") return `\`\`\`\n${words(part)}\n\`\`\``;
  return part.type === "rich_text_quote" ? words(part).replaceAll(/^/gm, "> ") : words(part);
}

/** @param {Part} part */
function words(part) {
  return part.elements.map(typedPiece).join("");
}

/** @param {Part} part @returns {string} */
function typedPiece(part) {
  const bare = barePiece(part);
  if (part.style?.code) return `\`${bare}\``;
  return MARKS.reduce((inner, [name, mark]) => (part.style?.[name] ? `${mark}${inner}${mark}` : inner), bare);
}

/** @param {Part} part @returns {string} */
function barePiece(part) {
  switch (part.type) {
    case "link": return part.text ? `<${part.url}|${part.text}>` : part.url;
    case "user": return `@${person(part.user_id)?.handle ?? part.user_id}`;
    case "channel": return `#${placeOf(part.channel_id)?.name ?? part.channel_id}`;
    case "emoji": return `:${part.name}:`;
    case "date": return part.fallback ?? "";
    case "broadcast": return `@${part.range}`;
    default: return part.text ?? part.value ?? "";
  }
}

const TOOLS = /** @type {const} */ ([
  ["Bold", "B", "*", "*"], ["Italic", "I", "_", "_"], ["Strikethrough", "S", "~", "~"], ["Code", "<>", "`", "`"],
  ["Bulleted list", "•", "- ", ""], ["Numbered list", "1.", "1. ", ""], ["Quote", "❝", "> ", ""],
]);
const SHORTCUTS = /** @type {Record<string, number>} */ ({ b: 0, i: 1 });

/**
 * The buttons above a text area that put marks around what is selected, or before its lines.
 * @param {HTMLTextAreaElement} text
 */
export function toolbar(text) {
  text.addEventListener("keydown", (event) => {
    const tool = event.ctrlKey || event.metaKey ? SHORTCUTS[event.key.toLowerCase()] : undefined;
    if (tool === undefined) return;
    event.preventDefault();
    mark(text, TOOLS[tool][2], TOOLS[tool][3]);
  });
  return h("div", { class: "toolbar", role: "group", "aria-label": "Formatting" }, TOOLS.map(([name, sign, before, after]) =>
    h("button", { type: "button", class: "plain tool", title: name, "aria-label": name, onclick: () => mark(text, before, after) }, sign)));
}

/** @param {HTMLTextAreaElement} text @param {string} before @param {string} after */
function mark(text, before, after) {
  const from = after ? text.selectionStart : text.value.lastIndexOf("\n", text.selectionStart - 1) + 1;
  const chosen = text.value.slice(from, text.selectionEnd);
  const marked = after ? before + chosen + after : chosen.replaceAll(/^/gm, before);
  const caret = text.selectionStart === text.selectionEnd && after ? from + before.length : from + marked.length;
  text.setRangeText(marked, from, text.selectionEnd, "end");
  text.setSelectionRange(caret, caret);
  text.focus();
  text.dispatchEvent(new Event("input"));
}
