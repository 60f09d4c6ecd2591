// @ts-check
/**
 * Menus that are typed into: one choice or several, from a fixed list or from what the app answers
 * (the combobox pattern of the ARIA Authoring Practices Guide).
 * @module
 */

import { fill, h, newId } from "./dom.js";

/** @typedef {import("./types.js").Choice} Choice */
/** @typedef {{label: string|null, choices: Choice[]}} Group */

const PAUSE_MS = 180;

/**
 * @param {{many: boolean, chosen: Choice[], load: (query: string) => Promise<Group[]>|Group[], minimum?: number,
 *   limit?: number, placeholder?: string, clearable?: boolean, focus: string,
 *   names: Record<string, string|undefined>, changed: (chosen: Choice[]) => Promise<boolean>}} how
 *   `names` are ARIA attributes that name the field; `minimum` is how much must be typed before options are asked for;
 *   what `changed` answers with false is taken back
 * @returns {HTMLElement}
 */
export function menu(how) {
  let chosen = [...how.chosen];
  /** @type {Choice[]} */
  let offered = [];
  let active = -1;
  let asked = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const listId = newId("list");
  const list = h("div", { id: listId, class: "options", role: "listbox", popover: "manual", "aria-multiselectable": how.many ? "true" : null, "aria-label": how.placeholder || "Options" });
  const chips = h("span", { class: "chips" });
  const input = /** @type {HTMLInputElement} */ (h("input", {
    type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
    "aria-controls": listId, "aria-autocomplete": "list", "data-focus": how.focus, ...how.names,
  }));
  const clear = h("button", { type: "button", class: "plain clear", "aria-label": "Clear the choice", onclick: () => { set([]); input.focus(); } }, "×");
  const box = h("div", { class: "menu" }, chips, input, how.clearable ? clear : null, h("span", { class: "icon icon-down", "aria-hidden": "true" }), list);

  function isOpen() { return list.matches(":popover-open"); }

  function dress() {
    fill(chips, how.many ? chosen.map(chip) : []);
    if (!how.many && !isOpen()) input.value = chosen[0]?.text ?? "";
    input.placeholder = chosen.length && how.many ? "" : how.placeholder ?? "";
    clear.hidden = !chosen.length;
  }

  /** @param {Choice} choice */
  function chip(choice) {
    const drop = () => { set(chosen.filter((each) => each.value !== choice.value)); input.focus(); };
    return h("span", { class: "chip" }, choice.text, h("button", { type: "button", class: "plain", "aria-label": `Remove ${choice.text}`, onclick: drop }, "×"));
  }

  /** @param {Choice[]} next */
  async function set(next) {
    const before = chosen;
    chosen = next;
    dress();
    if ((await how.changed(next)) || chosen !== next) return;
    chosen = before;
    dress();
  }

  async function show(query = "") {
    open();
    if (query.length < (how.minimum ?? 0)) return say(`Type at least ${how.minimum} character${how.minimum === 1 ? "" : "s"} to search.`);
    asked += 1;
    const mine = asked;
    const found = how.load(query);
    if (found instanceof Promise) say("Searching…");
    const groups = await found;
    if (mine === asked && isOpen()) draw(groups);
  }

  /** @param {string} words */
  function say(words) {
    offered = [];
    mark(-1);
    fill(list, h("div", { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" }, words));
  }

  /** @param {Group[]} groups */
  function draw(groups) {
    offered = groups.flatMap((group) => group.choices);
    if (!offered.length) return say("No matches found.");
    let number = 0;
    fill(list, groups.filter((group) => group.choices.length).map((group) => {
      const options = group.choices.map((choice) => optionNode(choice, number++));
      return group.label ? h("div", { role: "group", "aria-label": group.label }, h("div", { class: "group", "aria-hidden": "true" }, group.label), options) : options;
    }).flat());
    mark(Math.max(0, offered.findIndex((each) => chosen.some((one) => one.value === each.value))));
    place();
  }

  /** @param {Choice} choice @param {number} number */
  function optionNode(choice, number) {
    const selected = chosen.some((each) => each.value === choice.value);
    return h("div", {
      id: `${listId}-${number}`, role: "option", "aria-selected": String(selected),
      onmousedown: (/** @type {Event} */ event) => event.preventDefault(), onclick: () => take(choice),
    }, h("span", {}, choice.text), choice.description ? h("small", {}, choice.description) : null);
  }

  /** @param {number} number */
  function mark(number) {
    active = number;
    for (const option of list.querySelectorAll(".active")) option.classList.remove("active");
    const option = number < 0 ? null : list.querySelector(`#${listId}-${number}`);
    option?.classList.add("active");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  /** @param {Choice} choice */
  function take(choice) {
    if (!how.many) {
      close();
      return set([choice]);
    }
    const without = chosen.filter((each) => each.value !== choice.value);
    input.value = "";
    if (without.length === chosen.length && chosen.length >= (how.limit ?? Infinity)) {
      return say(`You can choose ${how.limit} at most.`);
    }
    set(without.length < chosen.length ? without : [...chosen, choice]);
    show("");
  }

  function open() {
    if (isOpen()) return;
    list.showPopover();
    input.setAttribute("aria-expanded", "true");
    place();
  }

  function place() {
    const at = box.getBoundingClientRect();
    const below = innerHeight - at.bottom > Math.min(260, list.scrollHeight + 16) || at.top < 200;
    list.style.left = `${at.left}px`;
    list.style.width = `${Math.max(at.width, 220)}px`;
    list.style.top = below ? `${at.bottom + 4}px` : "auto";
    list.style.bottom = below ? "auto" : `${innerHeight - at.top + 4}px`;
  }

  function close() {
    asked += 1;
    clearTimeout(timer);
    if (isOpen()) list.hidePopover();
    input.setAttribute("aria-expanded", "false");
    mark(-1);
    if (how.many) input.value = "";
    dress();
  }

  /** @param {KeyboardEvent} event */
  function key(event) {
    const moves = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 });
    if (event.key in moves) {
      event.preventDefault();
      if (!isOpen()) show("");
      else if (offered.length) mark((active + moves[event.key] + offered.length) % offered.length);
    } else if (event.key === "Enter" && isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      if (offered[active]) take(offered[active]);
    } else if (event.key === "Escape" && isOpen()) {
      event.preventDefault();
      event.stopPropagation();
      close();
    } else if (event.key === "Backspace" && how.many && !input.value && chosen.length) set(chosen.slice(0, -1));
  }

  function typed() {
    clearTimeout(timer);
    open();
    timer = setTimeout(() => show(input.value.trim()), how.minimum === undefined ? 0 : PAUSE_MS);
  }

  input.addEventListener("keydown", key);
  input.addEventListener("input", typed);
  input.addEventListener("blur", close);
  box.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest("button, .options") || input.disabled) return;
    if (document.activeElement !== input) input.focus();
    if (!isOpen()) { input.select(); show(""); }
  });
  dress();
  return box;
}

/**
 * Choices whose text or description contains what was typed.
 * @param {Group[]} groups
 * @param {string} query
 * @returns {Group[]}
 */
export function matching(groups, query) {
  const wanted = query.toLocaleLowerCase();
  const fits = (/** @type {Choice} */ choice) => `${choice.text} ${choice.description ?? ""}`.toLocaleLowerCase().includes(wanted);
  return groups.map((group) => ({ label: group.label, choices: wanted ? group.choices.filter(fits) : group.choices }));
}
