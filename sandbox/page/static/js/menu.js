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
 * @typedef {{many: boolean, chosen: Choice[], load: (query: string) => Promise<Group[]>|Group[], minimum?: number,
 *   limit?: number, placeholder?: string, clearable?: boolean, focus: string,
 *   names: Record<string, string|undefined>, changed: (chosen: Choice[]) => Promise<boolean>}} How
 *   `names` are ARIA attributes that name the field; `minimum` is how much must be typed before options are asked for;
 *   what `changed` answers with false is taken back
 */

/** @param {How} how @returns {HTMLElement} */
export function menu(how) {
  return new Menu(how).box;
}

class Menu {
  /** @param {How} how */
  constructor(how) {
    this.how = how;
    this.chosen = [...how.chosen];
    /** @type {Choice[]} */
    this.offered = [];
    this.active = -1;
    this.asked = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    this.list = h("div", { id: newId("list"), class: "options", role: "listbox", popover: "manual", "aria-multiselectable": how.many ? "true" : null, "aria-label": how.placeholder || "Options" });
    this.chips = h("span", { class: "chips" });
    this.input = this.field();
    this.clear = h("button", { type: "button", class: "plain clear", "aria-label": "Clear the choice", onclick: () => { this.set([]); this.input.focus(); } }, "×");
    this.box = h("div", { class: "menu", onclick: (/** @type {Event} */ event) => this.clicked(event) },
      this.chips, this.input, how.clearable ? this.clear : null, h("span", { class: "icon icon-down", "aria-hidden": "true" }), this.list);
    this.dress();
  }

  field() {
    return /** @type {HTMLInputElement} */ (h("input", {
      type: "text", role: "combobox", autocomplete: "off", spellcheck: "false", "aria-expanded": "false",
      "aria-controls": this.list.id, "aria-autocomplete": "list", "data-focus": this.how.focus, ...this.how.names,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.pressed(event), oninput: () => this.typed(), onblur: () => this.close(),
    }));
  }

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  // What is chosen

  dress() {
    const { many, placeholder } = this.how;
    fill(this.chips, many ? this.chosen.map((each) => this.chip(each)) : []);
    if (!many && !this.isOpen) this.input.value = this.chosen[0]?.text ?? "";
    this.input.placeholder = this.chosen.length && many ? "" : placeholder ?? "";
    this.clear.hidden = !this.chosen.length;
  }

  /** @param {Choice} choice */
  chip(choice) {
    const drop = () => { this.set(this.chosen.filter((each) => each.value !== choice.value)); this.input.focus(); };
    return h("span", { class: "chip" }, choice.text, h("button", { type: "button", class: "plain", "aria-label": `Remove ${choice.text}`, onclick: drop }, "×"));
  }

  /** @param {Choice[]} next */
  async set(next) {
    const before = this.chosen;
    this.chosen = next;
    this.dress();
    if ((await this.how.changed(next)) || this.chosen !== next) return;
    this.chosen = before;
    this.dress();
  }

  /** @param {Choice} choice */
  take(choice) {
    if (this.how.many) return this.toggle(choice);
    this.close();
    this.set([choice]);
  }

  /** @param {Choice} choice */
  toggle(choice) {
    const without = this.chosen.filter((each) => each.value !== choice.value);
    const adds = without.length === this.chosen.length;
    this.input.value = "";
    if (adds && this.chosen.length >= (this.how.limit ?? Infinity)) return this.say(`You can choose ${this.how.limit} at most.`);
    this.set(adds ? [...this.chosen, choice] : without);
    this.show("");
  }

  // What is offered

  /** @param {string} query */
  async show(query) {
    this.open();
    const { minimum = 0, load } = this.how;
    if (query.length < minimum) return this.say(`Type at least ${minimum} character${minimum === 1 ? "" : "s"} to search.`);
    this.asked += 1;
    const mine = this.asked;
    const found = load(query);
    if (found instanceof Promise) this.say("Searching…");
    const groups = await found;
    if (mine === this.asked && this.isOpen) this.draw(groups);
  }

  /** @param {string} words */
  say(words) {
    this.offered = [];
    this.mark(-1);
    fill(this.list, h("div", { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" }, words));
  }

  /** @param {Group[]} groups */
  draw(groups) {
    this.offered = groups.flatMap((group) => group.choices);
    if (!this.offered.length) return this.say("No matches found.");
    fill(this.list, groups.filter((group) => group.choices.length).flatMap((group) => this.groupNodes(group)));
    this.mark(Math.max(0, this.offered.findIndex((each) => this.isChosen(each))));
    this.place();
  }

  /** @param {Group} group */
  groupNodes({ label, choices }) {
    const options = choices.map((choice) => this.optionNode(choice, this.offered.indexOf(choice)));
    return label ? [h("div", { role: "group", "aria-label": label }, h("div", { class: "group", "aria-hidden": "true" }, label), options)] : options;
  }

  /** @param {Choice} choice @param {number} number */
  optionNode(choice, number) {
    return h("div", {
      id: `${this.list.id}-${number}`, role: "option", "aria-selected": String(this.isChosen(choice)),
      onmousedown: (/** @type {Event} */ event) => event.preventDefault(), onclick: () => this.take(choice),
    }, h("span", {}, choice.text), choice.description ? h("small", {}, choice.description) : null);
  }

  /** @param {Choice} choice */
  isChosen(choice) {
    return this.chosen.some((each) => each.value === choice.value);
  }

  /** @param {number} number */
  mark(number) {
    this.active = number;
    for (const option of this.list.querySelectorAll(".active")) option.classList.remove("active");
    const option = number < 0 ? null : this.list.querySelector(`#${this.list.id}-${number}`);
    option?.classList.add("active");
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.input.setAttribute("aria-activedescendant", option.id);
    else this.input.removeAttribute("aria-activedescendant");
  }

  // The list

  open() {
    if (this.isOpen) return;
    this.list.showPopover();
    this.input.setAttribute("aria-expanded", "true");
    this.place();
  }

  place() {
    const at = this.box.getBoundingClientRect();
    const below = innerHeight - at.bottom > Math.min(260, this.list.scrollHeight + 16) || at.top < 200;
    const width = Math.max(at.width, 220);
    Object.assign(this.list.style, {
      left: `${Math.min(at.left, innerWidth - width)}px`, width: `${width}px`,
      top: below ? `${at.bottom + 4}px` : "auto", bottom: below ? "auto" : `${innerHeight - at.top + 4}px`,
    });
  }

  close() {
    this.asked += 1;
    clearTimeout(this.timer);
    if (this.isOpen) this.list.hidePopover();
    this.input.setAttribute("aria-expanded", "false");
    this.mark(-1);
    if (this.how.many) this.input.value = "";
    this.dress();
  }

  // What is pressed

  /** @param {KeyboardEvent} event */
  pressed(event) {
    const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 })[event.key];
    if (step) this.move(step);
    else if (event.key === "Enter" && this.isOpen) { if (this.offered[this.active]) this.take(this.offered[this.active]); }
    else if (event.key === "Escape" && this.isOpen) this.close();
    else return this.erased(event);
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {number} step */
  move(step) {
    const count = this.offered.length;
    if (!this.isOpen) this.show("");
    else if (count) this.mark((this.active + step + count) % count);
  }

  /** @param {KeyboardEvent} event */
  erased({ key }) {
    if (key === "Backspace" && this.how.many && !this.input.value && this.chosen.length) this.set(this.chosen.slice(0, -1));
  }

  typed() {
    clearTimeout(this.timer);
    this.open();
    this.timer = setTimeout(() => this.show(this.input.value.trim()), this.how.minimum === undefined ? 0 : PAUSE_MS);
  }

  /** @param {Event} event */
  clicked(event) {
    if (/** @type {Element} */ (event.target).closest("button, .options")) return;
    if (document.activeElement !== this.input) this.input.focus();
    if (this.isOpen) return;
    this.input.select();
    this.show("");
  }
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
