// @ts-check
/**
 * Menus that are typed into: one choice or several, from a fixed list or from what the app answers.
 * @module
 */

import { Combobox, gently } from "./combobox.js";
import { h, keyed } from "./dom.js";
import { whenStill } from "./hold.js";

export { matching } from "./combobox.js";

/** @typedef {import("./types.js").Choice} Choice */
/** @typedef {import("./combobox.js").Group} Group */

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
    this.asked = 0;
    /** @type {ReturnType<typeof setTimeout>|undefined} */
    this.timer = undefined;
    this.chips = h("span", { class: "chips" });
    this.input = /** @type {HTMLInputElement} */ (h("input", {
      type: "text", spellcheck: "false", dir: "auto", "data-focus": how.focus, ...how.names,
      onkeydown: (/** @type {KeyboardEvent} */ event) => this.pressed(event), oninput: () => this.typed(),
    }));
    this.clear = h("button", { type: "button", class: "plain clear", "aria-label": "Clear the choice", onclick: () => { this.set([]); this.input.focus(); } }, "×");
    this.box = h("div", { class: "menu", onclick: (/** @type {Event} */ event) => this.clicked(event) },
      this.chips, this.input, how.clearable ? this.clear : null, h("span", { class: "icon icon-down", "aria-hidden": "true" }));
    this.list = new Combobox(this.input, this.box, {
      label: how.placeholder || "Options", many: how.many, take: (choice) => this.take(choice), isChosen: (choice) => this.isChosen(choice),
      ask: () => this.show(""), closed: () => this.closed(),
    });
    this.dress();
  }

  // What is chosen

  dress() {
    const { many, placeholder } = this.how;
    keyed(this.chips, many ? this.chosen : [], { key: (each) => each.value, sign: (each) => each.text, make: (each) => this.chip(each) });
    if (!many && !this.list.isOpen) this.input.value = this.chosen[0]?.text ?? "";
    this.input.placeholder = this.chosen.length && many ? "" : placeholder ?? "";
    this.clear.hidden = !this.chosen.length;
  }

  /** @param {Choice} choice */
  chip(choice) {
    const drop = () => { this.set(this.chosen.filter((each) => each.value !== choice.value)); this.input.focus(); };
    return h("span", { class: "chip" }, h("span", { dir: "auto" }, choice.text), h("button", { type: "button", class: "plain", "aria-label": `Remove ${choice.text}`, onclick: drop }, "×"));
  }

  /** @param {Choice} choice */
  isChosen(choice) {
    return this.chosen.some((each) => each.value === choice.value);
  }

  /** @param {Choice[]} next */
  async set(next) {
    const before = this.chosen;
    this.chosen = next;
    this.dress();
    let holds = false;
    try {
      holds = await this.how.changed(next);
    } finally {
      if (!holds && this.chosen === next) {
        this.chosen = before;
        whenStill(() => this.dress());
      }
    }
  }

  /** @param {Choice} choice */
  take(choice) {
    if (this.how.many) return this.toggle(choice);
    this.list.close();
    this.set([choice]);
  }

  /** @param {Choice} choice */
  toggle(choice) {
    const without = this.chosen.filter((each) => each.value !== choice.value);
    const adds = without.length === this.chosen.length;
    this.input.value = "";
    if (adds && this.chosen.length >= (this.how.limit ?? Infinity)) return this.list.say(`You can choose ${this.how.limit} at most.`);
    this.set(adds ? [...this.chosen, choice] : without);
    this.show("");
  }

  // What is offered

  /** @param {string} query */
  async show(query) {
    const { minimum = 0, load } = this.how;
    if (query.length < minimum) return this.list.say(`Type at least ${minimum} character${minimum === 1 ? "" : "s"} to search.`);
    this.asked += 1;
    const mine = this.asked;
    const found = load(query);
    if (!(found instanceof Promise)) return this.list.offer(found);
    this.list.say("Searching…");
    const answer = await found.catch((error) => /** @type {Error} */ (error));
    gently(this.list, () => {
      if (mine !== this.asked || !this.list.isOpen) return;
      if (answer instanceof Error) this.list.say(`${answer.message} Type again to search.`);
      else this.list.offer(answer);
    });
  }

  closed() {
    this.asked += 1;
    clearTimeout(this.timer);
    this.input.value = this.how.many ? "" : this.chosen[0]?.text ?? "";
  }

  // What is pressed

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (this.list.pressed(event)) return;
    if (event.key === "Backspace" && this.how.many && !this.input.value && this.chosen.length) this.set(this.chosen.slice(0, -1));
  }

  typed() {
    clearTimeout(this.timer);
    this.list.open();
    this.timer = setTimeout(() => this.show(this.input.value.trim()), this.how.minimum === undefined ? 0 : PAUSE_MS);
  }

  /** @param {Event} event */
  clicked(event) {
    if (/** @type {Element} */ (event.target).closest("button, .options")) return;
    if (document.activeElement !== this.input) this.input.focus();
    if (this.list.isOpen) return;
    this.input.select();
    this.show("");
  }
}
