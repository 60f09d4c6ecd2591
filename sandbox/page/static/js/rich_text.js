// @ts-check
/**
 * Rich text, Markdown and tables: the blocks that bring a structure of their own.
 * @module
 */

import { withEmoji } from "./emoji.js";
import { h } from "./dom.js";
import { channelLink, dateElement, link, mention, textNodes } from "./mrkdwn.js";

/** @typedef {any} Part a rich text element, see docs.slack.dev/reference/block-kit/blocks/rich-text-block */

/** @param {Part} block @returns {HTMLElement} */
export function richText(block) {
  return h("div", { class: "rich-text" }, block.elements.map(section));
}

/** @param {Part} part @returns {HTMLElement} */
function section(part) {
  const inside = () => part.elements.map(piece);
  if (part.type === "rich_text_list") {
    const indent = Math.min(part.indent ?? 0, 8);
    return h(part.style === "ordered" ? "ol" : "ul", { class: `indent-${indent}` },
      part.elements.map((/** @type {Part} */ item) => h("li", {}, item.elements.map(piece))));
  }
  if (part.type === "rich_text_preformatted") return h("pre", { tabindex: "0" }, h("code", {}, inside()));
  if (part.type === "rich_text_quote") return h("blockquote", {}, inside());
  return h("div", {}, inside());
}

/** @param {Part} part @returns {Node} */
function piece(part) {
  return dressed(bare(part), part.style ?? {});
}

/** @param {Part} part @returns {Node} */
function bare(part) {
  switch (part.type) {
    case "user": return mention(part.user_id);
    case "channel": return channelLink(part.channel_id);
    case "usergroup": return h("span", { class: "mention" }, `@${part.usergroup_id}`);
    case "broadcast": return h("span", { class: "mention" }, `@${part.range}`);
    case "emoji": return document.createTextNode(withEmoji(`:${part.name}:`));
    case "link": return link(part.url, part.text || part.url);
    case "date": return dateElement(part.timestamp, part.format, part.url);
    case "color": return document.createTextNode(part.value);
    default: return h("span", {}, textNodes({ type: "plain_text", text: part.text ?? "", emoji: false }));
  }
}

/** @param {Node} node @param {Record<string, boolean>} style */
function dressed(node, style) {
  const tags = /** @type {const} */ ([["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"]]);
  return tags.reduce((/** @type {Node} */ inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

/**
 * The Markdown that Slack's markdown block takes: headings, lists, quotes, code, emphasis and links.
 * @param {string} text
 * @returns {HTMLElement}
 */
export function markdown(text) {
  const box = h("div", { class: "markdown" });
  for (const chunk of text.split(/(```[\s\S]*?```)|\n{2,}/).filter(Boolean)) box.append(...chunkNodes(chunk));
  return box;
}

/** @param {string} chunk @returns {Node[]} */
function chunkNodes(chunk) {
  const code = /^```\w*\n?([\s\S]*?)\n?```$/.exec(chunk);
  if (code) return [h("pre", { tabindex: "0" }, h("code", {}, code[1]))];
  /** @type {{tag: string, items: string[]}[]} */
  const runs = [];
  for (const line of chunk.split("\n")) {
    const [tag, words] = lineKind(line);
    const last = runs.at(-1);
    if (last?.tag === tag && !/^h\d$/.test(tag)) last.items.push(words);
    else runs.push({ tag, items: [words] });
  }
  return runs.map(runNode);
}

/** @param {string} line @returns {[string, string]} */
function lineKind(line) {
  const kinds = /** @type {const} */ ([["h", /^(#{1,6})\s+(.*)$/], ["ul", /^\s*([-*+])\s+(.*)$/],
    ["ol", /^\s*(\d+)[.)]\s+(.*)$/], ["blockquote", /^(>)\s?(.*)$/]]);
  for (const [tag, pattern] of kinds) {
    const found = pattern.exec(line);
    if (found) return [tag === "h" ? `h${Math.min(found[1].length + 2, 6)}` : tag, found[2]];
  }
  return ["p", line];
}

/** @param {{tag: string, items: string[]}} run */
function runNode({ tag, items }) {
  if (tag === "ul" || tag === "ol") return h(tag, {}, items.map((item) => h("li", {}, emphasis(item))));
  return h(tag, {}, emphasis(items.join("\n")));
}

const EMPHASIS = /(`[^`]+`)|\*\*(.+?)\*\*|__(.+?)__|\*(\S.*?)\*|_(\S.*?)_|~~(.+?)~~|\[([^\]]+)\]\(([^)\s]+)\)/;

/** @param {string} text @returns {Node[]} */
function emphasis(text) {
  const found = EMPHASIS.exec(text);
  if (!found) return textNodes({ type: "plain_text", text });
  const [whole, code, strong, strong2, em, em2, struck, label, address] = found;
  const node = code ? h("code", {}, code.slice(1, -1))
    : address ? link(address, label)
    : h(strong || strong2 ? "strong" : em || em2 ? "em" : "s", {}, emphasis(strong || strong2 || em || em2 || struck));
  return [...emphasis(text.slice(0, found.index)).filter(notEmpty), node, ...emphasis(text.slice(found.index + whole.length)).filter(notEmpty)];
}

/** @param {Node} node */
function notEmpty(node) {
  return node.nodeType !== Node.TEXT_NODE || node.textContent !== "";
}

/** @param {Part} block @returns {HTMLElement} */
export function table(block) {
  const cell = (/** @type {Part} */ part) =>
    part.type === "rich_text" ? richText(part) : h("span", {}, textNodes({ type: "plain_text", text: part.text ?? "" }));
  const [head, ...rows] = block.rows;
  return h("div", { class: "table-box", tabindex: "0", role: "group", "aria-label": "Table" },
    h("table", {},
      h("thead", {}, h("tr", {}, head.map((/** @type {Part} */ part) => h("th", { scope: "col" }, cell(part))))),
      h("tbody", {}, rows.map((/** @type {Part[]} */ row) => h("tr", {}, row.map((part) => h("td", {}, cell(part))))))));
}
