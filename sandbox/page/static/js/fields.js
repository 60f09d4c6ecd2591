// @ts-check
/**
 * Fields: what is typed or picked with the browser's own controls - texts, numbers, addresses, dates and times.
 * @module
 */

import { changing } from "./asking.js";
import { h } from "./dom.js";
import { fileField } from "./file_field.js";
import { asRichText, asTyped, toolbar } from "./rich_input.js";
import { draft, focusName, put, valueOf } from "./surface.js";
import { day, shown } from "./times.js";
import { zone } from "./store.js";

/** @typedef {import("./elements.js").Context} Context */

/** @type {Record<string, (context: Context) => HTMLElement>} */
const MAKERS = {
  plain_text_input: (context) => typed(context, "value", context.element.multiline ? null : "text"),
  email_text_input: (context) => typed(context, "value", "email"),
  url_text_input: (context) => typed(context, "value", "url"),
  number_input: (context) => typed(context, "value", "text"),
  rich_text_input: richTyped,
  file_input: fileField,
  datepicker: (context) => picked(context, "date", "selected_date", (value) => value),
  timepicker: (context) => picked(context, "time", "selected_time", (value) => value),
  datetimepicker: (context) => picked(context, "datetime-local", "selected_date_time", (value) => value && localTime(value)),
};

/** @param {Context} context @returns {HTMLElement} */
export function field(context) {
  const maker = MAKERS[context.element.type];
  return maker ? maker(context) : h("span", { class: "unknown" }, `(${context.element.type} cannot be used on this page)`);
}

/**
 * @param {Context} context
 * @param {string} key
 * @param {string|null} type of the input; null for several lines
 */
function typed(context, key, type) {
  const { element, surface, spot, names } = context;
  const node = /** @type {HTMLInputElement} */ (h(type ? "input" : "textarea", {
    type, rows: type ? null : "4", class: "text", dir: "auto", placeholder: element.placeholder?.text, "data-focus": focusName(spot),
    inputmode: element.type === "number_input" ? "decimal" : null, autocomplete: "off", ...names,
    value: valueOf(surface, spot, key) ?? "",
  }));
  listen(node, context, key, () => node.value);
  return element.max_length <= COUNTED ? counted(node, element.max_length) : node;
}

/**
 * Keep what is typed; the app hears of it where the block says so, on Enter only in fields of one line.
 * @param {HTMLInputElement|HTMLTextAreaElement} node
 * @param {Context} context
 * @param {string} key
 * @param {() => any} value
 */
function listen(node, { block, element, surface, spot }, key, value) {
  const when = block.dispatch_action || block.type !== "input" ? element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"] : [];
  const told = () => put(surface, spot, value(), { key, shown: value(), again: true });
  node.addEventListener("input", () => (when.includes("on_character_entered") ? told() : draft(spot, value(), key)));
  if (node.tagName === "TEXTAREA" || !when.includes("on_enter_pressed")) return;
  node.addEventListener("keydown", (event) => {
    const { key: pressed, isComposing } = /** @type {KeyboardEvent} */ (event);
    if (pressed !== "Enter" || isComposing) return;
    event.preventDefault();
    event.stopPropagation();
    told();
  });
}

/** @param {Context} context */
function richTyped(context) {
  const { element, surface, spot, names } = context;
  const node = /** @type {HTMLTextAreaElement} */ (h("textarea", {
    rows: String(Math.min(element.min_lines ?? 4, element.max_lines ?? 20)), class: "text", dir: "auto", placeholder: element.placeholder?.text, "data-focus": focusName(spot), ...names,
    value: asTyped(valueOf(surface, spot, "rich_text_value")),
  }));
  listen(node, context, "rich_text_value", () => asRichText(node.value));
  return h("div", { class: "rich-input" }, toolbar(node), node);
}

/** Only short limits are counted down. */
const COUNTED = 500;

/** @param {HTMLInputElement} node @param {number} most */
function counted(node, most) {
  const left = h("span", { class: "left", "aria-hidden": "true" });
  const count = () => {
    const remaining = most - node.value.length;
    left.textContent = remaining < most / 4 ? String(remaining) : "";
    left.classList.toggle("over", remaining < 0);
  };
  node.addEventListener("input", count);
  count();
  return h("span", { class: "counted" }, node, left);
}

/**
 * @param {Context} context
 * @param {string} type
 * @param {string} key
 * @param {(value: any) => string|null|undefined} asInput
 */
function picked({ element, surface, spot, names }, type, key, asInput) {
  const told = async () => {
    if (!node.value && node.validity.badInput) return;
    const value = node.value && (type === "datetime-local" ? unixTime(node.value) : node.value);
    if (await changing(element, node, () => put(surface, spot, value || null, { key, shown: value || null }))) kept = node.value;
    else node.value = kept;
  };
  const node = /** @type {HTMLInputElement} */ (h("input", {
    type, class: "text picked", "data-focus": focusName(spot), title: element.placeholder?.text, ...names,
    value: asInput(valueOf(surface, spot, key)) ?? "", onchange: told,
  }));
  let kept = node.value;
  return element.timezone ? h("span", { class: "zoned" }, node, h("small", {}, element.timezone.replaceAll("_", " "))) : node;
}

/** @param {number} seconds */
function localTime(seconds) {
  const time = shown(seconds, zone(), { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  return `${day(seconds, zone())}T${time}`;
}

/**
 * Unix time of a wall clock in the viewer's zone; where the clock jumps, a moment beside the jump.
 * @param {string} local such as 2027-01-11T09:30
 */
function unixTime(local) {
  const asUtc = Date.parse(`${local}Z`) / 1000;
  const first = asUtc - (Date.parse(`${localTime(asUtc)}Z`) / 1000 - asUtc);
  return first - (Date.parse(`${localTime(first)}Z`) / 1000 - asUtc);
}
