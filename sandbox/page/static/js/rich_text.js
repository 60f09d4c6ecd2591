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
  const bordered = part.border ? "bordered" : null;
  if (part.type === "rich_text_list") {
    const [tag, start] = part.style === "ordered" ? ["ol", (part.offset ?? 0) + 1] : ["ul", null];
    return h(tag, { start, dir: "auto", class: `indent-${Math.min(part.indent ?? 0, 8)} ${bordered ?? ""}` },
      part.elements.map((/** @type {Part} */ item) => h("li", { dir: "auto" }, item.elements.map(piece))));
  }
  if (part.type === "rich_text_preformatted") return h("pre", { tabindex: "0", dir: "auto" }, h("code", {}, inside()));
  if (part.type === "rich_text_quote") return h("blockquote", { class: bordered, dir: "auto" }, inside());
  return h("div", { dir: "auto" }, inside());
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
    case "team": return h("span", { class: "mention" }, `@${part.team_id}`);
    case "emoji": return document.createTextNode(emoji(part));
    case "link": return link(part.url, part.text || part.url);
    case "date": return dateElement(part.timestamp, part.format, part.fallback ?? "", part.url);
    case "color": return swatch(part.value);
    default: return h("span", {}, textNodes({ type: "plain_text", text: part.text ?? "", emoji: false }));
  }
}

/** @param {Part} part `unicode` holds code points such as 1f44b-1f3fd */
function emoji(part) {
  const known = withEmoji(`:${part.name}:`);
  if (!known.startsWith(":") || !/^[0-9a-f]+(-[0-9a-f]+)*$/i.test(part.unicode ?? "")) return known;
  return String.fromCodePoint(...part.unicode.split("-").map((/** @type {string} */ each) => parseInt(each, 16)));
}

/** @param {string} color */
function swatch(color) {
  const box = h("span", { class: "swatch", "aria-hidden": "true" });
  box.style.backgroundColor = color;
  return h("span", {}, box, color);
}

/** @param {Node} node @param {Record<string, boolean>} style */
function dressed(node, style) {
  const tags = /** @type {const} */ ([["code", "code"], ["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"]]);
  return tags.reduce((/** @type {Node} */ inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), node);
}

/**
 * The Markdown that Slack's markdown block takes: headings, lists and tasks, quotes, code, tables, lines,
 * emphasis and links (docs.slack.dev/reference/block-kit/blocks/markdown-block).
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
  if (code) return [h("pre", { tabindex: "0", dir: "auto" }, h("code", {}, code[1]))];
  if (/^\s*\|?.*\|.*\n\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*(\n|$)/.test(chunk)) return [markdownTable(chunk.trim().split("\n"))];
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
  const kinds = /** @type {const} */ ([["hr", /^\s*()([-*_])(\s*\2){2,}\s*$/], ["h", /^(#{1,6})\s+(.*)$/], ["ul", /^(\s*)[-*+]\s+(.*)$/],
    ["ol", /^(\s*)\d+[.)]\s+(.*)$/], ["blockquote", /^(>)\s?(.*)$/]]);
  for (const [tag, pattern] of kinds) {
    const found = pattern.exec(line);
    if (!found) continue;
    if (tag === "h") return [`h${Math.min(found[1].length + 2, 6)}`, found[2]];
    return [tag, tag === "ul" || tag === "ol" ? found[1] + found[2] : found[2]];
  }
  return ["p", line];
}

/** @param {string[]} lines the second one says how the columns are set */
function markdownTable(lines) {
  const cells = (/** @type {string} */ line) => line.trim().replace(/^\||\|$/g, "").split("|").map((each) => each.trim());
  const sides = cells(lines[1]).map((each) => (/^:-+:$/.test(each) ? "center" : each.endsWith(":") ? "right" : "left"));
  return grid([cells(lines[0]), ...lines.slice(2).map(cells)].map((row) => row.map((each) => emphasis(each))), (column) => `align-${sides[column] ?? "left"}`);
}

/** @param {{tag: string, items: string[]}} run */
function runNode({ tag, items }) {
  if (tag === "hr") return h("hr");
  if (tag === "ul" || tag === "ol") return h(tag, { dir: "auto" }, items.map(listItem));
  return h(tag, { dir: "auto" }, emphasis(items.join("\n")));
}

/** @param {string} item begins with its indent */
function listItem(item) {
  const [, space, task, words] = /^(\s*)(?:\[([ xX])\] )?([^]*)$/.exec(item) ?? [];
  const done = task && task !== " ";
  const box = task ? [h("span", { role: "img", "aria-label": done ? "done" : "to do" }, done ? "☑" : "☐"), " "] : [];
  return h("li", { dir: "auto", class: `indent-${Math.min(Math.floor(space.length / 2), 8)}${task ? " task" : ""}` }, box, emphasis(words));
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
    part.type === "rich_text" ? [richText(part)] : textNodes({ type: "plain_text", text: part.text ?? "" });
  const columns = block.column_settings ?? [];
  const look = (/** @type {number} */ column) => `align-${columns[column]?.align ?? "left"}${columns[column]?.is_wrapped ? " wrapped" : ""}`;
  return grid(block.rows.map((/** @type {Part[]} */ row) => row.map(cell)), look);
}

/**
 * A table whose first row names the columns.
 * @param {Node[][][]} rows
 * @param {(column: number) => string} look the class of a column's cells
 */
function grid([head, ...rows], look) {
  return h("div", { class: "table-box", tabindex: "0", role: "group", "aria-label": "Table" },
    h("table", {},
      h("thead", {}, h("tr", {}, head.map((cell, column) => h("th", { scope: "col", dir: "auto", class: look(column) }, cell)))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map((cell, column) => h("td", { dir: "auto", class: look(column) }, cell)))))));
}
