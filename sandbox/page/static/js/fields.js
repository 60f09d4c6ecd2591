// @ts-check
/**
 * Fields: what is typed or picked with the browser's own controls - texts, numbers, addresses, dates and times.
 * @module
 */

import { h } from "./dom.js";
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
  rich_text_input: (context) => typed(context, "rich_text_value", null),
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
function typed({ element, block, surface, spot, names }, key, type) {
  const held = valueOf(surface, spot, key);
  const dispatches = block.dispatch_action;
  const when = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const node = /** @type {HTMLInputElement} */ (h(type ? "input" : "textarea", {
    type, rows: type ? null : "4", class: "text", placeholder: element.placeholder?.text, "data-focus": focusName(spot),
    inputmode: element.type === "number_input" ? "decimal" : null, autocomplete: "off", ...names,
    value: typeof held === "string" ? held : plain(held),
    oninput: () => (dispatches && when.includes("on_character_entered") ? put(spot, node.value) : draft(spot, node.value)),
    onkeydown: (/** @type {KeyboardEvent} */ event) => {
      if (event.key !== "Enter" || event.isComposing || !dispatches || !type || !when.includes("on_enter_pressed")) return;
      event.preventDefault();
      event.stopPropagation();
      put(spot, node.value);
    },
  }));
  const most = element.max_length;
  if (!most || most > 500) return node;
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

/** @param {any} rich a rich text block */
function plain(rich) {
  const parts = rich?.elements?.flatMap((/** @type {any} */ section) => section.elements ?? []) ?? [];
  return parts.map((/** @type {any} */ part) => part.text ?? "").join("");
}

/**
 * @param {Context} context
 * @param {string} type
 * @param {string} key
 * @param {(value: any) => string|null|undefined} asInput
 */
function picked({ element, surface, spot, names }, type, key, asInput) {
  const told = () => {
    if (node.value || !node.validity.badInput) put(spot, node.value ? (type === "datetime-local" ? unixTime(node.value) : node.value) : null);
  };
  const node = /** @type {HTMLInputElement} */ (h("input", {
    type, class: "text picked", "data-focus": focusName(spot), title: element.placeholder?.text, ...names,
    value: asInput(valueOf(surface, spot, key)) ?? "", onchange: told,
  }));
  return node;
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
