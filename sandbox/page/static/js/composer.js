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
  const text = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
  const list = /** @type {HTMLElement} */ (form.querySelector(".options"));
  /** @type {Completion[]} */
  let offered = [];
  let active = 0;

  const isOpen = () => !list.hidden;

  function offer() {
    offered = completions(text, thread() !== null);
    active = 0;
    list.hidden = !offered.length;
    text.setAttribute("aria-expanded", String(isOpen()));
    fill(list, offered.map((each, index) => h("div", {
      role: "option", id: `${list.id}-${index}`, "aria-selected": "false",
      onmousedown: (/** @type {Event} */ event) => event.preventDefault(), onclick: () => take(each),
    }, h("span", {}, each.text), h("small", {}, each.more))));
    mark(0);
  }

  /** @param {number} index */
  function mark(index) {
    active = index;
    [...list.children].forEach((each, number) => { each.classList.toggle("active", number === index); each.setAttribute("aria-selected", String(number === index)); });
    if (isOpen()) text.setAttribute("aria-activedescendant", `${list.id}-${index}`);
    else text.removeAttribute("aria-activedescendant");
  }

  function shut() {
    list.hidden = true;
    text.setAttribute("aria-expanded", "false");
    text.removeAttribute("aria-activedescendant");
  }

  /** @param {Completion} choice */
  function take(choice) {
    const { start } = wordBefore(text);
    const end = text.selectionStart;
    text.setRangeText(`${choice.insert} `, start, end, "end");
    shut();
    text.focus();
    grow();
  }

  function grow() {
    text.style.height = "auto";
    text.style.height = `${Math.min(text.scrollHeight, 220)}px`;
  }

  async function send() {
    const words = text.value.trim();
    if (!words || form.getAttribute("aria-busy") === "true") return;
    shut();
    form.setAttribute("aria-busy", "true");
    const isCommand = words.startsWith("/") && !thread();
    const answer = await act("say", { channel: where.at, text: isCommand ? words : withIds(words), thread_ts: thread() });
    form.removeAttribute("aria-busy");
    if (answer.error) return toast(answer.error, "error");
    text.value = "";
    grow();
  }

  text.addEventListener("input", () => { offer(); grow(); });
  text.addEventListener("blur", shut);
  text.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (isOpen() && step) { event.preventDefault(); mark((active + step + offered.length) % offered.length); }
    else if (isOpen() && (event.key === "Tab" || (event.key === "Enter" && !isWhole(text, offered[active])))) { event.preventDefault(); take(offered[active]); }
    else if (isOpen() && event.key === "Escape") { event.preventDefault(); event.stopPropagation(); shut(); }
    else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); send(); }
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); send(); });
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
