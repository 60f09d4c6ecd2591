// @ts-check
/**
 * The message box: messages, slash commands with completion, mentions of people and channels.
 * @module
 */

import { Combobox } from "./combobox.js";
import { toast } from "./dialog.js";
import { byId } from "./dom.js";
import { act } from "./server.js";
import { nameOf, placeName, placeOf, state, where } from "./store.js";

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
    this.list = new Combobox(this.text, form, {
      label: "Completions", style: "completions", take: (choice) => this.take(choice),
      wants: (key, choice) => key === "Tab" || (key === "Enter" && choice?.value !== wordBefore(this.text).word),
    });
    this.text.addEventListener("input", () => { this.offer(); this.grow(); });
    this.text.addEventListener("keydown", (event) => this.pressed(event));
    form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
  }

  offer() {
    const choices = completions(this.text, this.thread() !== null);
    if (choices.length) this.list.offer([{ label: null, choices }]);
    else this.list.close();
  }

  /** @param {import("./types.js").Choice} choice */
  take(choice) {
    this.text.setRangeText(`${choice.value} `, wordBefore(this.text).start, this.text.selectionStart, "end");
    this.list.close();
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
    this.list.close();
    const text = words.startsWith("/") && !this.thread() ? words : withIds(words);
    this.form.setAttribute("aria-busy", "true");
    const answer = await act("say", { channel: where.at, text, thread_ts: this.thread() });
    this.form.removeAttribute("aria-busy");
    if (answer.error) return toast(answer.error, "error");
    this.text.value = "";
    this.grow();
  }

  /** @param {KeyboardEvent} event */
  pressed(event) {
    if (this.list.pressed(event) || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    this.send();
  }
}

/** @param {HTMLTextAreaElement} text */
function wordBefore(text) {
  const before = text.value.slice(0, text.selectionStart);
  const start = Math.max(before.lastIndexOf(" "), before.lastIndexOf("\n")) + 1;
  return { start, word: before.slice(start) };
}

/** @param {HTMLTextAreaElement} text @param {boolean} inThread @returns {import("./types.js").Choice[]} */
function completions(text, inThread) {
  const { start, word } = wordBefore(text);
  const wanted = word.slice(1).toLocaleLowerCase();
  if (word.startsWith("/") && start === 0 && !inThread) {
    return state.app.commands.filter((each) => each.name.startsWith(word)).map((each) => ({ value: each.name, text: `${each.name} ${each.usage}`.trim(), description: each.description }));
  }
  if (word.startsWith("@")) {
    const fitting = state.people.filter((each) => !each.deleted && (each.handle.startsWith(wanted) || each.name.toLocaleLowerCase().includes(wanted)));
    return fitting.slice(0, MOST).map((each) => ({ value: `@${each.handle}`, text: each.name, description: each.title || `@${each.handle}` }));
  }
  if (word.startsWith("#")) {
    const fitting = state.places.filter((each) => /^p/.test(each.kind) && each.name.includes(wanted));
    return fitting.slice(0, MOST).map((each) => ({ value: `#${each.name}`, text: `#${each.name}`, description: `${each.members.length} members` }));
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
  byId("skip-composer").hidden = form.hidden = where.tab === "home" || !place?.joined || place.archived;
  const text = /** @type {HTMLTextAreaElement} */ (byId("composer-text"));
  const name = place ? (/^p/.test(place.kind) ? `#${placeName(place)}` : placeName(place)) : "";
  const commands = state.app.commands.length ? ", or type / for a command" : "";
  text.placeholder = `Message ${name}${commands}`;
  text.setAttribute("aria-label", `Message to ${name}, as ${nameOf(where.as ?? "")}`);
}
