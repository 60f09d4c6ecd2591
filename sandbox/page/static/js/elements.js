// @ts-check
/**
 * Elements: everything in Block Kit that can be pressed, chosen or typed into
 * (docs.slack.dev/reference/block-kit/block-elements).
 * @module
 */

import { changing, pressing } from "./asking.js";
import { toast } from "./dialog.js";
import { h, icon, newId } from "./dom.js";
import { matching, menu } from "./menu.js";
import { textNodes } from "./mrkdwn.js";
import { draft, focusName, press, put, spotOf, suggest, valueOf } from "./surface.js";
import { placeName, state, where } from "./store.js";
import { field } from "./fields.js";

/**
 * @typedef {import("./surface.js").Surface} Surface
 * @typedef {import("./surface.js").Spot} Spot
 * @typedef {import("./types.js").Choice} Choice
 * @typedef {{surface: Surface, block: any, element: any, spot: Spot, names: Record<string, string|undefined>}} Context
 *   `names` are the ARIA attributes that name and describe the element
 */

/** @type {Record<string, (context: Context) => HTMLElement>} */
const MAKERS = {
  button,
  workflow_button: button,
  icon_button: button,
  feedback_buttons: feedback,
  overflow,
  static_select: (context) => select(context, staticGroups(context.element)),
  multi_static_select: (context) => select(context, staticGroups(context.element)),
  users_select: (context) => select(context, people),
  multi_users_select: (context) => select(context, people),
  conversations_select: (context) => select(context, () => places(context.element.filter)),
  multi_conversations_select: (context) => select(context, () => places(context.element.filter)),
  channels_select: (context) => select(context, () => places({ include: ["public"] })),
  multi_channels_select: (context) => select(context, () => places({ include: ["public"] })),
  external_select: external,
  multi_external_select: external,
  radio_buttons: (context) => ticks(context, "radio"),
  checkboxes: (context) => ticks(context, "checkbox"),
};

/** What a control is called where neither its block nor a placeholder says so. @type {Record<string, string>} */
const PLAIN_NAMES = { datepicker: "Date", timepicker: "Time", datetimepicker: "Date and time", rich_text_input: "Text", checkboxes: "Choose some", radio_buttons: "Choose one" };

/** The name of a control that stands without a label. @param {any} element @returns {Record<string, string|undefined>} */
export function ownName(element) {
  return { "aria-label": element.placeholder?.text ?? PLAIN_NAMES[element.type] ?? (element.type.startsWith("multi_") ? "Choose some" : /select$/.test(element.type) ? "Choose one" : undefined) };
}

/** @type {Record<string, string>} */
const KEYS = { users_select: "user", conversations_select: "conversation", channels_select: "channel" };

/**
 * @param {Surface} surface
 * @param {any} block
 * @param {any} element
 * @param {Record<string, string|undefined>} names
 * @returns {HTMLElement}
 */
export function elementNode(surface, block, element, names) {
  const context = { surface, block, element, spot: spotOf(surface, block, element), names };
  return (MAKERS[element.type] ?? field)(context);
}

/** @param {Context} context */
function button({ element, spot }) {
  const style = element.style ?? "";
  const hidden = element.visible_to_user_ids && !element.visible_to_user_ids.includes(where.as);
  const node = h("button", {
    type: "button", class: `button ${style}`, dir: "auto", "data-focus": focusName(spot), hidden,
    "aria-label": element.accessibility_label, onclick: () => pressing(element, node, pressed),
  }, element.icon ? [icon(element.icon), " "] : null, textNodes(element.text));
  async function pressed() {
    if (element.url) toast(`This would open ${element.url}. The sandbox follows no links.`);
    if (element.workflow) toast(`This would start the workflow at ${element.workflow.trigger.url}. The sandbox runs no workflows.`);
    await press(spot);
  }
  return node;
}

/** @param {Context} context */
function feedback({ element, spot }) {
  const one = (/** @type {"positive"|"negative"} */ kind) => {
    const node = h("button", { type: "button", class: "button", dir: "auto", "aria-label": element[`${kind}_button`].accessibility_label, "data-focus": `${focusName(spot)} ${kind}`, onclick: () => pressing({}, node, () => press(spot, kind)) }, textNodes(element[`${kind}_button`].text));
    return node;
  };
  return h("span", { class: "elements" }, one("positive"), one("negative"));
}

/** @param {Context} context */
function overflow({ element, spot, names }) {
  const list = h("div", { id: newId("overflow"), class: "options overflow", role: "menu", popover: "auto", "aria-label": "More actions" });
  const opener = h("button", {
    type: "button", class: "button square", "aria-haspopup": "menu", "aria-expanded": "false", "aria-controls": list.id,
    "aria-label": names["aria-label"] ? `More actions: ${names["aria-label"]}` : "More actions", "data-focus": focusName(spot),
    onclick: () => list.togglePopover(),
  }, icon("more"));
  const choose = async (/** @type {any} */ option) => {
    list.hidePopover();
    opener.focus();
    if (option.url) toast(`This would open ${option.url}. The sandbox follows no links.`);
    await pressing(element, opener, () => press(spot, option.value));
  };
  list.append(...element.options.map((/** @type {any} */ option) => menuItem(option, () => choose(option))));
  list.addEventListener("toggle", (event) => toggled(list, opener, /** @type {ToggleEvent} */ (event).newState === "open"));
  list.addEventListener("keydown", (event) => pressedInMenu(list, opener, event));
  return h("span", { class: "overflow-box" }, opener, list);
}

/** @param {any} option @param {() => void} choose */
function menuItem(option, choose) {
  return h("button", { type: "button", role: "menuitem", tabindex: "-1", onclick: choose },
    h("span", { dir: "auto" }, textNodes(option.text)), option.description ? h("small", { dir: "auto" }, textNodes(option.description)) : null);
}

/** @param {HTMLElement} list @param {HTMLElement} opener @param {boolean} open */
function toggled(list, opener, open) {
  opener.setAttribute("aria-expanded", String(open));
  if (!open) return;
  const at = opener.getBoundingClientRect();
  list.style.top = `${Math.min(at.bottom + 4, innerHeight - list.offsetHeight - 8)}px`;
  list.style.left = `${Math.max(8, Math.min(at.left, innerWidth - list.offsetWidth - 8))}px`;
  /** @type {HTMLElement|null} */ (list.querySelector("[role=menuitem]"))?.focus();
}

/** @param {HTMLElement} list @param {HTMLElement} opener @param {KeyboardEvent} event */
function pressedInMenu(list, opener, event) {
  const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 })[event.key];
  const leaves = event.key === "Escape" || event.key === "Tab";
  if (leaves) { event.stopPropagation(); list.hidePopover(); opener.focus(); }
  if (!step && event.key !== "Escape") return;
  event.preventDefault();
  const all = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("[role=menuitem]")]);
  if (step) all[(all.indexOf(/** @type {HTMLElement} */ (document.activeElement)) + step + all.length) % all.length].focus();
}

/** @param {any} option of Slack's, or a choice already @returns {Choice} */
function asChoice(option) {
  if (typeof option.text === "string") return option;
  const plain = (/** @type {any} */ text) => textNodes(text).map((node) => node.textContent).join("");
  return { value: option.value, text: plain(option.text), description: option.description ? plain(option.description) : undefined };
}

/** @param {any} element */
function staticGroups(element) {
  const groups = element.option_groups ?? [{ options: element.options }];
  return () => groups.map(asGroup);
}

/** @param {any} group of Slack's options @returns {import("./menu.js").Group} */
function asGroup(group) {
  return { label: group.label?.text ?? null, choices: group.options.map(asChoice) };
}

/** @returns {import("./menu.js").Group[]} */
function people() {
  const active = state.people.filter((each) => !each.bot && !each.deleted);
  return [{ label: null, choices: active.map((each) => ({ value: each.id, text: each.name, description: each.title || `@${each.handle}` })) }];
}

/** @param {{include?: string[], exclude_bot_users?: boolean}} [filter] @returns {import("./menu.js").Group[]} */
function places(filter = {}) {
  const include = filter.include ?? ["im", "mpim", "private", "public"];
  const open = state.places.filter((each) => include.includes(each.kind) && !each.archived && (each.joined || each.kind === "public"));
  const shown = open.filter((each) => !(filter.exclude_bot_users && each.kind === "im" && each.members.includes(state.app.bot)));
  const text = (/** @type {import("./types.js").Place} */ each) => (/^p/.test(each.kind) ? `#${each.name}` : placeName(each));
  return [{ label: null, choices: shown.map((each) => ({ value: each.id, text: text(each) })) }];
}

/** @param {Context} context @param {() => import("./menu.js").Group[]} groups */
function select(context, groups) {
  const { element, surface, spot } = context;
  const many = element.type.startsWith("multi_");
  const key = KEYS[element.type.replace("multi_", "")] ?? "option";
  const name = `selected_${key}${many ? "s" : ""}`;
  const held = valueOf(surface, spot, name) ?? defaultPlace(context, many);
  const all = groups().flatMap((group) => group.choices);
  const known = (/** @type {any} */ one) => (typeof one === "string" ? all.find((each) => each.value === one) ?? { value: one, text: one } : asChoice(one));
  return menuNode(context, name, (many ? held ?? [] : held ? [held] : []).map(known), (query) => matching(groups(), query));
}

/** @param {Context} context @param {boolean} many */
function defaultPlace({ element, spot }, many) {
  const here = element.default_to_current_conversation ? where.at : null;
  const held = here && many ? [here] : here;
  if (held) draft(spot, held, `selected_conversation${many ? "s" : ""}`);
  return held;
}

/** @param {Context} context */
function external(context) {
  const { element, surface, spot } = context;
  const many = element.type === "multi_external_select";
  const name = many ? "selected_options" : "selected_option";
  const held = valueOf(surface, spot, name);
  const load = async (/** @type {string} */ query) => (await suggest(spot, query)).map(asGroup);
  return menuNode(context, name, (many ? held ?? [] : held ? [held] : []).map(asChoice), load, element.min_query_length ?? 3);
}

/**
 * @param {Context} context
 * @param {string} key of the value: more than one where it ends in s
 * @param {Choice[]} chosen
 * @param {(query: string) => any} load
 * @param {number} [minimum]
 */
function menuNode({ element, block, surface, spot, names }, key, chosen, load, minimum) {
  const many = key.endsWith("s");
  const kept = (/** @type {Choice[]} */ now) => ({ key, shown: many ? now : now[0] ?? null });
  const node = menu({
    many, chosen, load, minimum, limit: element.max_selected_items, placeholder: element.placeholder?.text ?? (many ? "Choose some" : "Choose one"),
    clearable: !many && block.type === "input" && block.optional, focus: focusName(spot), names,
    changed: (now) => changing(element, node, () => put(surface, spot, many ? now.map((each) => each.value) : now[0]?.value ?? null, kept(now))),
  });
  return node;
}

/** @param {Context} context @param {"radio"|"checkbox"} kind */
function ticks({ element, surface, spot, names }, kind) {
  const many = kind === "checkbox";
  const key = many ? "selected_options" : "selected_option";
  const held = valueOf(surface, spot, key);
  let values = (many ? held ?? [] : held ? [held] : []).map((/** @type {any} */ one) => one.value);
  const name = newId("ticks");
  const inputs = element.options.map((/** @type {any} */ option, /** @type {number} */ index) => {
    const id = newId("tick");
    const input = h("input", { type: kind, id, name, checked: values.includes(option.value), "data-focus": `${focusName(spot)} ${index}`, "aria-describedby": option.description ? `${id}-more` : null, onchange: told });
    return { input: /** @type {HTMLInputElement} */ (input), option, row: h("div", { class: "tick" }, input, h("label", { for: id, dir: "auto" }, textNodes(option.text)),
      option.description ? h("small", { id: `${id}-more`, dir: "auto" }, textNodes(option.description)) : null) };
  });
  async function told() {
    const options = inputs.filter((/** @type {any} */ each) => each.input.checked).map((/** @type {any} */ each) => each.option);
    const now = options.map((/** @type {any} */ each) => each.value);
    const before = values;
    values = now;
    if (await changing(element, group, () => put(surface, spot, many ? now : now[0] ?? null, { key, shown: many ? options : options[0] ?? null }))) return;
    values = before;
    for (const { input, option } of inputs) input.checked = before.includes(option.value);
  }
  const { "aria-required": _required, ...naming } = names;
  const group = h("div", { class: "ticks", role: many ? "group" : "radiogroup", ...naming }, inputs.map((/** @type {any} */ each) => each.row));
  return group;
}

