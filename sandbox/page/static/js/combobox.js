// @ts-check
/**
 * The combobox: a text field with a list of options that follows what is typed. The focus stays in the field and
 * `aria-activedescendant` tells which option is meant (combobox pattern of the ARIA Authoring Practices Guide).
 * @module
 */

import { fill, h, newId } from "./dom.js";
import { whenStill } from "./hold.js";

/** @typedef {import("./types.js").Choice} Choice */
/** @typedef {{label: string|null, choices: Choice[]}} Group */

/**
 * @typedef {{label: string, many?: boolean, style?: string, take: (choice: Choice) => void, isChosen?: (choice: Choice) => boolean,
 *   wants?: (key: string, choice: Choice|undefined) => boolean, ask?: () => void, closed?: () => void}} How
 *   `wants` says which keys take the active option (Enter unless told otherwise), `ask` offers everything there is,
 *   `isChosen` marks what is chosen already; without it the active option is the selected one
 */

const TALLEST = 260;
const NARROWEST = 220;

export class Combobox {
  /**
   * @param {HTMLInputElement|HTMLTextAreaElement} field
   * @param {HTMLElement} box what the list opens at, and where it is put
   * @param {How} how
   */
  constructor(field, box, how) {
    this.field = field;
    this.box = box;
    this.how = how;
    /** @type {Choice[]} */
    this.offered = [];
    this.active = -1;
    this.list = h("div", {
      id: newId("list"), class: `options ${how.style ?? ""}`, role: "listbox", popover: "manual", "aria-label": how.label,
      "aria-multiselectable": how.many ? "true" : null, onmousedown: (/** @type {Event} */ event) => event.preventDefault(),
    });
    const said = { role: "combobox", autocomplete: "off", "aria-autocomplete": "list", "aria-haspopup": "listbox", "aria-controls": this.list.id, "aria-expanded": "false" };
    for (const [name, value] of Object.entries(said)) field.setAttribute(name, value);
    field.addEventListener("blur", () => this.close());
    box.append(this.list);
  }

  get isOpen() {
    return this.list.matches(":popover-open");
  }

  open() {
    if (this.isOpen) return;
    this.list.showPopover();
    this.field.setAttribute("aria-expanded", "true");
    this.place();
  }

  close() {
    if (this.isOpen) this.list.hidePopover();
    this.field.setAttribute("aria-expanded", "false");
    this.mark(-1);
    this.how.closed?.();
  }

  place() {
    const at = this.box.getBoundingClientRect();
    const below = innerHeight - at.bottom > Math.min(TALLEST, this.list.scrollHeight + 16) || at.top < 200;
    const width = Math.max(at.width, NARROWEST);
    Object.assign(this.list.style, {
      left: `${Math.min(at.left, innerWidth - width)}px`, width: `${width}px`,
      top: below ? `${at.bottom + 4}px` : "auto", bottom: below ? "auto" : `${innerHeight - at.top + 4}px`,
    });
  }

  // What is offered

  /** Say something instead of options. @param {string} words */
  say(words) {
    this.offered = [];
    this.mark(-1);
    fill(this.list, h("div", { class: "nothing", role: "option", "aria-disabled": "true", "aria-selected": "false" }, words));
    this.open();
  }

  /** @param {Group[]} groups */
  offer(groups) {
    this.offered = groups.flatMap((group) => group.choices);
    if (!this.offered.length) return this.say("No matches found.");
    fill(this.list, groups.filter((group) => group.choices.length).flatMap((group) => this.groupNodes(group)));
    this.open();
    this.mark(Math.max(0, this.offered.findIndex((each) => this.how.isChosen?.(each))));
    this.place();
  }

  /** @param {Group} group */
  groupNodes({ label, choices }) {
    const options = choices.map((choice) => this.optionNode(choice, this.offered.indexOf(choice)));
    return label ? [h("div", { role: "group", "aria-label": label }, h("div", { class: "group", dir: "auto", "aria-hidden": "true" }, label), options)] : options;
  }

  /** @param {Choice} choice @param {number} number */
  optionNode(choice, number) {
    return h("div", { id: `${this.list.id}-${number}`, role: "option", "aria-selected": String(this.how.isChosen?.(choice) ?? false), onclick: () => this.how.take(choice) },
      h("span", { dir: "auto" }, choice.text), choice.description ? h("small", { dir: "auto" }, choice.description) : null);
  }

  /** @param {number} number */
  mark(number) {
    this.active = number;
    const option = number < 0 ? null : this.list.querySelector(`#${this.list.id}-${number}`);
    for (const each of this.list.querySelectorAll("[role=option]")) {
      each.classList.toggle("active", each === option);
      if (!this.how.isChosen) each.setAttribute("aria-selected", String(each === option));
    }
    option?.scrollIntoView({ block: "nearest" });
    if (option) this.field.setAttribute("aria-activedescendant", option.id);
    else this.field.removeAttribute("aria-activedescendant");
  }

  // What is pressed

  /**
   * @param {KeyboardEvent} event
   * @returns {boolean} whether the key was meant for the list; it does nothing else then
   */
  pressed(event) {
    const mine = !event.isComposing && this.meant(event);
    if (mine) event.preventDefault();
    if (mine) event.stopPropagation();
    return mine;
  }

  /** @param {KeyboardEvent} event */
  meant({ key, altKey }) {
    const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 })[key];
    if (!this.isOpen) {
      if (step && this.how.ask) this.how.ask();
      return Boolean(step && this.how.ask);
    }
    const choice = this.offered[this.active];
    if (key === "Escape" || (altKey && key === "ArrowUp")) this.close();
    else if (step) this.move(step);
    else if (this.how.wants?.(key, choice) ?? key === "Enter") { if (choice) this.how.take(choice); }
    else return false;
    return true;
  }

  /** @param {number} step */
  move(step) {
    const count = this.offered.length;
    if (count) this.mark((this.active + step + count) % count);
  }
}

/**
 * Do something with a list that may be under somebody's finger.
 * @param {Combobox} box
 * @param {() => void} work
 */
export function gently(box, work) {
  whenStill(() => { if (box.field.isConnected) work(); });
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
