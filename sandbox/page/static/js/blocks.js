// @ts-check
/**
 * Blocks: Block Kit's layout as DOM nodes (docs.slack.dev/reference/block-kit/blocks).
 * @module
 */

import { carousel } from "./carousel.js";
import { chart } from "./chart.js";
import { dataTable } from "./data_table.js";
import { h, newId, parts } from "./dom.js";
import { elementNode, ownName } from "./elements.js";
import { link, mrkdwn, textNodes } from "./mrkdwn.js";
import { markdown, richText, table } from "./rich_text.js";

/** @typedef {import("./surface.js").Surface} Surface */
/** @typedef {(block: any, surface: Surface) => HTMLElement} Maker */

/** @type {Record<string, Maker>} */
const MAKERS = {
  header: (block) => h("h3", { class: "header", dir: "auto" }, textNodes(block.text)),
  divider: () => h("hr"),
  section,
  context: (block) => h("div", { class: "context" }, block.elements.map(contextPart)),
  image: (block) => image(block),
  actions: (block, surface) => elements(block, block.elements, surface),
  context_actions: (block, surface) => elements(block, block.elements, surface),
  input,
  rich_text: (block) => richText(block),
  markdown: (block) => markdown(block.text),
  table: (block) => table(block),
  video,
  card,
  carousel: (block, surface) => carousel(block.elements.map((/** @type {any} */ each) => card(each, surface))),
  data_table: (block) => dataTable(block),
  data_visualization: (block) => chart(block),
  alert: (block) => h("div", { class: `alert ${block.level ?? ""}`, role: "note", dir: "auto" }, LEVELS[block.level] ? h("strong", {}, `${LEVELS[block.level]}: `) : null, textNodes(block.text)),
};

/** An alert says its level; a color alone would not reach everybody. @type {Record<string, string>} */
const LEVELS = { info: "Note", warning: "Warning", error: "Error", success: "Done" };

/**
 * Show blocks in an element, keeping those that did not change.
 * @param {HTMLElement} parent
 * @param {any[]} blocks
 * @param {Surface} surface
 * @param {string} [look] what they depend on besides themselves
 */
export function showBlocks(parent, blocks, surface, look) {
  parts(parent, blockParts(blocks, surface, look));
}

/** @param {any[]} blocks @param {Surface} surface @param {string} look @returns {import("./dom.js").Part[]} */
export function blockParts(blocks, surface, look = "") {
  return blocks.map((block) => ({ key: `block ${block.block_id ?? ""}`, sign: JSON.stringify([block, look]), make: () => blockNode(block, surface) }));
}

/** @param {any} block @param {Surface} surface */
function blockNode(block, surface) {
  const node = madeBlock(block, surface);
  node.classList.add("block");
  node.dataset.block = block.block_id;
  return node;
}

/** One block that cannot be shown keeps no other from being shown. @param {any} block @param {Surface} surface */
function madeBlock(block, surface) {
  try {
    const node = MAKERS[block.type]?.(block, surface);
    if (node) return node;
  } catch (error) {
    reportError(error);
  }
  return h("p", { class: "unknown" }, `(a block of type ${block.type} that this page cannot show)`);
}

/** @param {any} block @param {any[]} each @param {Surface} surface */
function elements(block, each, surface) {
  return h("div", { class: "elements" }, each.map((element) => elementNode(surface, block, element, ownName(element))));
}

/** @type {Maker} */
function section(block, surface) {
  const id = newId("section");
  const text = block.text ? h("div", { dir: "auto" }, textNodes(block.text)) : null;
  if (text) text.id = id;
  const fields = block.fields ? h("div", { class: "fields" }, block.fields.map((/** @type {any} */ each) => h("div", { dir: "auto" }, textNodes(each)))) : null;
  const words = h("div", { class: "words" }, text, fields);
  if (!block.accessory) return h("div", { class: "section" }, words);
  const names = text ? { "aria-labelledby": id } : ownName(block.accessory);
  const accessory = block.accessory.type === "image" ? picture(block.accessory, "thumb") : elementNode(surface, block, block.accessory, names);
  return h("div", { class: "section" }, words, h("div", { class: "accessory" }, accessory));
}

/** @param {any} part */
function contextPart(part) {
  return part.type === "image" ? picture(part, "tiny") : h("span", { dir: "auto" }, textNodes(part));
}

/**
 * A picture the sandbox holds; one from elsewhere is not fetched, and its alternative text stands there instead.
 * @param {any} source
 * @param {string} size
 */
export function picture(source, size) {
  const id = source.slack_file?.id ?? /\/page\/files\/(\w+)/.exec(source.slack_file?.url ?? source.image_url ?? "")?.[1];
  if (id) return h("img", { class: size, src: `/page/files/${id}/picture`, alt: source.alt_text });
  if (/^data:image\//.test(source.image_url ?? "")) return h("img", { class: size, src: source.image_url, alt: source.alt_text });
  return h("span", { class: `absent ${size}`, role: "img", dir: "auto", "aria-label": source.alt_text, title: source.image_url }, size === "tiny" ? "" : source.alt_text);
}

/** @param {any} block */
function image(block) {
  return h("figure", { class: "picture" }, block.title ? h("figcaption", { dir: "auto" }, textNodes(block.title)) : null, picture(block, "large"));
}

/** Groups of controls take their name from an element; single controls have a label of their own. */
const GROUPS = new Set(["radio_buttons", "checkboxes"]);

/** @type {Maker} */
function input(block, surface) {
  const [control, label, hint, error] = [newId("control"), newId("label"), newId("hint"), newId("error")];
  const isGroup = GROUPS.has(block.element.type);
  const names = {
    id: control,
    "aria-labelledby": isGroup ? label : undefined,
    "aria-describedby": [block.hint ? hint : "", error].filter(Boolean).join(" "),
    "aria-required": block.optional ? undefined : "true",
  };
  const optional = block.optional ? h("span", { class: "optional" }, " (optional)") : null;
  return h("div", { class: "input" },
    h(isGroup ? "div" : "label", { class: "label", id: label, dir: "auto", for: isGroup ? null : control }, textNodes(block.label), optional),
    elementNode(surface, block, block.element, names),
    h("div", { class: "field-error", id: error, dir: "auto", role: "alert" }),
    block.hint ? h("div", { class: "hint", id: hint, dir: "auto" }, textNodes(block.hint)) : null);
}

/**
 * Say beside each field what is wrong with it, and nothing where nothing is.
 * @param {HTMLElement} parent
 * @param {Record<string, string>} errors by block id
 */
export function showErrors(parent, errors) {
  for (const node of /** @type {NodeListOf<HTMLElement>} */ (parent.querySelectorAll(".block.input"))) {
    const words = errors[node.dataset.block ?? ""] ?? "";
    const place = node.querySelector(".field-error");
    if (place && place.textContent !== words) place.textContent = words;
    node.classList.toggle("wrong", Boolean(words));
    for (const control of node.querySelectorAll("[data-focus]")) {
      if (words) control.setAttribute("aria-invalid", "true");
      else control.removeAttribute("aria-invalid");
    }
  }
}

/** @type {Maker} */
function card(block, surface) {
  const line = (/** @type {string} */ name) => (block[name] ? h("div", { class: `card-${name}`, dir: "auto" }, textNodes(block[name])) : null);
  const icon = block.icon ? picture(block.icon, "small") : null;
  return h("div", { class: "card" }, block.hero_image ? picture(block.hero_image, "large") : null,
    h("div", { class: "card-head" }, icon, h("div", {}, line("title"), line("subtitle"))), line("body"), block.actions ? elements(block, block.actions, surface) : null);
}

/** A video is named and not played: it would have to be fetched from elsewhere. @param {any} block */
function video(block) {
  const title = textNodes(block.title);
  const by = [block.provider_name, block.author_name].filter(Boolean).join(" · ");
  return h("figure", { class: "picture video" },
    by ? h("small", { dir: "auto" }, by) : null,
    h("figcaption", { dir: "auto" }, block.title_url ? link(block.title_url, h("span", {}, title)) : title),
    block.description ? h("div", { dir: "auto" }, textNodes(block.description)) : null,
    h("div", { class: "absent large", role: "img", dir: "auto", "aria-label": `Video: ${block.alt_text}`, title: block.video_url }, `▶ ${block.alt_text}`));
}

/**
 * A secondary attachment, as apps sent them before Block Kit (docs.slack.dev/legacy/legacy-messaging).
 * @param {any} attachment
 * @param {Surface} surface
 */
export function attachmentNode(attachment, surface) {
  const line = (/** @type {string} */ name) => (attachment[name] ? h("div", { class: `attachment-${name}`, dir: "auto" }, mrkdwn(attachment[name])) : null);
  const field = (/** @type {any} */ each) => h("div", { dir: "auto" }, h("strong", {}, each.title), h("br"), mrkdwn(each.value ?? ""));
  const inner = h("div");
  showBlocks(inner, attachment.blocks ?? [], surface);
  const title = attachment.title_link ? h("div", { class: "attachment-title", dir: "auto" }, link(attachment.title_link, attachment.title)) : line("title");
  const box = h("div", { class: "attachment" }, inner, line("author_name"), title, line("text"),
    attachment.fields ? h("div", { class: "fields" }, attachment.fields.map(field)) : null,
    attachment.image_url ? picture({ image_url: attachment.image_url, alt_text: attachment.fallback ?? "a picture" }, "large") : null, line("footer"));
  if (/^#[0-9a-f]{6}$/i.test(attachment.color ?? "")) box.style.borderLeftColor = attachment.color;
  return h("div", {}, line("pretext"), box);
}
