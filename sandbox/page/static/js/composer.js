// @ts-check
/**
 * The message box: messages, slash commands with completion, mentions of people and channels.
 * @module
 */

import { toast } from "./dialog.js";
import { byId, fill, h } from "./dom.js";
import { act } from "./server.js";
import { nameOf, placeName, placeOf, state, where } from "./store.js";

/** @typedef {{insert: string, text: string, more: string}} Completion */

const MOST = 8;

/**
 * Bring a message box to life.
 * @param {HTMLFormElement} form with a textarea, a list for completions and a submit button
 * @param {() => string|null} thread the thread it writes to
 */
export function startComposer(form, thread) {
  return new Composer(form, thread);
}

class Composer {
  /** @param {HTMLFormElement} form @param {() => string|null} thread */
  constructor(form, thread) {
    this.form = form;
    this.thread = thread;
    this.text = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
    this.list = /** @type {HTMLElement} */ (form.querySelector(".options"));
    /** @type {Completion[]} */
    this.offered = [];
    this.active = 0;
    this.text.addEventListener("input", () => { this.offer(); this.grow(); });
    this.text.addEventListener("blur", () => this.shut());
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
  }

  get isOpen() {
    return !this.list.hidden;
  }

  offer() {
    this.offered = completions(this.text, this.thread() !== null);
    this.list.hidden = !this.offered.length;
    this.text.setAttribute("aria-expanded", String(this.isOpen));
    fill(this.list, this.offered.map((each, index) => this.optionNode(each, index)));
    this.mark(0);
  }

  /** @param {Completion} choice @param {number} index */
  optionNode(choice, index) {
    return h("div", {
      role: "option", id: `${this.list.id}-${index}`, "aria-selected": "false",
      onmousedown: (/** @type {Event} */ event) => event.preventDefault(), onclick: () => this.take(choice),
    }, h("span", {}, choice.text), h("small", {}, choice.more));
  }

  /** @param {number} index */
  mark(index) {
    this.active = index;
    [...this.list.children].forEach((each, number) => { each.classList.toggle("active", number === index); each.setAttribute("aria-selected", String(number === index)); });
    if (this.isOpen) this.text.setAttribute("aria-activedescendant", `${this.list.id}-${index}`);
    else this.text.removeAttribute("aria-activedescendant");
  }

  shut() {
    this.list.hidden = true;
    this.text.setAttribute("aria-expanded", "false");
    this.text.removeAttribute("aria-activedescendant");
  }

  /** @param {Completion} choice */
  take(choice) {
    this.text.setRangeText(`${choice.insert} `, wordBefore(this.text).start, this.text.selectionStart, "end");
    this.shut();
    this.text.focus();
    this.grow();
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 220)}px`;
  }

  async send() {
    const words = this.text.value.trim();
    if (!words || this.form.getAttribute("aria-busy") === "true") return;
    this.shut();
    this.form.setAttribute("aria-busy", "true");
    const isCommand = words.startsWith("/") && !this.thread();
    const answer = await act("say", { channel: where.at, text: isCommand ? words : withIds(words), thread_ts: this.thread() });
    this.form.removeAttribute("aria-busy");
    if (answer.error) return toast(answer.error, "error");
    this.text.value = "";
    this.grow();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (this.isOpen && this.pressedInList(event.key)) event.stopPropagation();
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) this.send();
    else return;
    event.preventDefault();
  }

  /** @param {string} key @returns {boolean} whether it was meant for the list */
  pressedInList(key) {
    const step = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowUp: -1 })[key];
    const choice = this.offered[this.active];
    if (step) this.mark((this.active + step + this.offered.length) % this.offered.length);
    else if (key === "Tab" || (key === "Enter" && !isWhole(this.text, choice))) this.take(choice);
    else if (key === "Escape") this.shut();
    else return false;
    return true;
  }
}

/** @param {HTMLTextAreaElement} text @param {Completion|undefined} choice */
function isWhole(text, choice) {
  return choice !== undefined && wordBefore(text).word === choice.insert;
}

/** @param {HTMLTextAreaElement} text */
function wordBefore(text) {
  const before = text.value.slice(0, text.selectionStart);
  const start = Math.max(before.lastIndexOf(" "), before.lastIndexOf("\n")) + 1;
  return { start, word: before.slice(start) };
}

/** @param {HTMLTextAreaElement} text @param {boolean} inThread @returns {Completion[]} */
function completions(text, inThread) {
  const { start, word } = wordBefore(text);
  const wanted = word.slice(1).toLocaleLowerCase();
  if (word.startsWith("/") && start === 0 && !inThread) {
    return state.app.commands.filter((each) => each.name.startsWith(word)).map((each) => ({ insert: each.name, text: `${each.name} ${each.usage}`.trim(), more: each.description }));
  }
  if (word.startsWith("@")) {
    const fitting = state.people.filter((each) => !each.deleted && (each.handle.startsWith(wanted) || each.name.toLocaleLowerCase().includes(wanted)));
    return fitting.slice(0, MOST).map((each) => ({ insert: `@${each.handle}`, text: each.name, more: each.title || `@${each.handle}` }));
  }
  if (word.startsWith("#")) {
    const fitting = state.places.filter((each) => /^p/.test(each.kind) && each.name.includes(wanted));
    return fitting.slice(0, MOST).map((each) => ({ insert: `#${each.name}`, text: `#${each.name}`, more: `${each.members.length} members` }));
  }
  return [];
}

/**
 * Text as Slack stores it: escaped, with typed names as ids.
 * @param {string} words
 */
function withIds(words) {
  const escaped = words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(/(?<!^)>/gm, "&gt;");
  const people = new Map(state.people.map((each) => [each.handle, each.id]));
  const places = new Map(state.places.map((each) => [each.name, each.id]));
  return escaped
    .replace(/@([\w.-]*\w)/g, (whole, handle) => (people.has(handle) ? `<@${people.get(handle)}>` : whole))
    .replace(/#([\w-]+)/g, (whole, name) => (places.has(name) ? `<#${places.get(name)}>` : whole));
}

/** Say in the message box where it writes to, or why nobody can write here. */
export function drawComposer() {
  const place = placeOf(where.at);
  const form = byId("composer");
  form.hidden = where.tab === "home" || !place?.joined || place.archived;
  const text = /** @type {HTMLTextAreaElement} */ (byId("composer-text"));
  const name = place ? (/^p/.test(place.kind) ? `#${placeName(place)}` : placeName(place)) : "";
  const commands = state.app.commands.length ? ", or type / for a command" : "";
  text.placeholder = `Message ${name}${commands}`;
  text.setAttribute("aria-label", `Message to ${name}, as ${nameOf(where.as ?? "")}`);
}
