// @ts-check
/**
 * The inspector: what went over the wire both ways, and switches for things that go wrong.
 * @module
 */

import { toast } from "./dialog.js";
import { byId, fill, h, keyed } from "./dom.js";
import { act, wireAfter } from "./server.js";
import { changed, placeName, placeOf, nameOf, person, state, zone } from "./store.js";
import { clock, whole } from "./times.js";

/** @typedef {import("./types.js").Entry} Entry */

const SHOWN = 300;
const AGAIN_MS = 2000;
const WORDS = /** @type {Record<string, string>} */ ({ ratelimited: "429 rate limited", http: "500 server error", slow: "slow answers", reset: "broken connections", error: "an error" });

/** @type {Entry[]} */
let entries = [];
let asking = false;
let missing = false;
let open = false;

/** Fetch what is new and draw it. */
export async function drawInspector() {
  const { errors, faults } = state.wire;
  byId("wire-errors").textContent = errors ? String(errors) : "";
  byId("wire-errors").hidden = !errors;
  byId("inspector").hidden = !open;
  byId("inspector-toggle").setAttribute("aria-pressed", String(open));
  byId("inspector-toggle").setAttribute("aria-label", errors ? `Inspector, ${errors} ${errors === 1 ? "error" : "errors"} so far` : "Inspector");
  if (!open) return;
  drawFaults(faults);
  await fetchNew();
}

async function fetchNew() {
  if (asking) return;
  asking = true;
  try {
    while ((entries.at(-1)?.number ?? 0) < state.wire.last) {
      const more = await wireAfter(entries.at(-1)?.number ?? 0);
      missing = more === null;
      if (!more?.length) break;
      entries = [...entries, ...more].slice(-3000);
    }
  } finally {
    asking = false;
  }
  if (missing) setTimeout(() => changed("wire"), AGAIN_MS);
  changed("entries");
}

/** @param {Entry} entry */
function fits(entry) {
  const way = /** @type {HTMLSelectElement} */ (byId("wire-way")).value;
  const words = /** @type {HTMLInputElement} */ (byId("wire-filter")).value.trim().toLocaleLowerCase();
  if (way === "errors" ? !entry.error : way !== "all" && entry.way !== way) return false;
  return !words || JSON.stringify(entry).toLocaleLowerCase().includes(words);
}

/** Draw what was fetched and fits the filter. */
export function drawEntries() {
  const list = byId("wire");
  const shown = entries.filter(fits).slice(-SHOWN).reverse();
  byId("wire-count").textContent = missing ? "The newest entries did not arrive. They are asked for again." : `${shown.length} of ${entries.length} shown, newest first`;
  keyed(list, shown, { key: (entry) => String(entry.number), sign: () => "", make: entryNode });
}

/** @param {Entry} entry */
function entryNode(entry) {
  const seconds = entry.at ? Date.parse(entry.at) / 1000 : null;
  const words = entry.way === "in" ? "App to Slack" : "Slack to app";
  const details = h("details", { class: entry.error ? "entry wrong" : "entry", ontoggle: () => { if (!details.querySelector(".json")) details.append(...detailNodes(entry)); } },
    h("summary", { "data-focus": `wire ${entry.number}` },
      h("span", { class: `way ${entry.way}`, title: words, role: "img", "aria-label": words }, entry.way === "in" ? "→" : "←"),
      h("span", { class: "entry-name" }, entry.name),
      h("span", { class: "entry-about", dir: "auto" }, about(entry)),
      entry.error ? h("span", { class: "entry-error" }, entry.status && entry.status !== 200 ? `${entry.status} ` : "", entry.error) : null,
      h("span", { class: "entry-time" }, entry.milliseconds === null ? "" : `${entry.milliseconds} ms`, " ", seconds ? h("time", { title: whole(seconds, zone()) }, clock(seconds, zone())) : null)));
  return h("li", {}, details);
}

/** @param {Entry} entry */
function about(entry) {
  const place = placeOf(entry.about);
  if (place) return placeName(place);
  if (person(entry.about)) return nameOf(entry.about);
  return entry.way === "out" && entry.sent?.user?.id ? nameOf(entry.sent.user.id) : entry.about;
}

/** @param {Entry} entry */
function detailNodes(entry) {
  const json = (/** @type {string} */ title, /** @type {any} */ value) => [h("h4", {}, title), h("pre", { class: "json", tabindex: "0", dir: "ltr" }, JSON.stringify(value, null, 2))];
  const note = entry.error && entry.effect && entry.way === "in" ? h("p", { class: "entry-note" }, "The call took effect, although the app saw it fail.") : null;
  return [
    note,
    ...entry.reasons.map((reason) => h("p", { class: "entry-note" }, reason)),
    ...json(entry.way === "in" ? "What the app sent" : "What Slack sent", unpacked(entry.sent)),
    ...json(entry.way === "in" ? "What Slack answered" : "What the app answered", entry.answer),
  ].filter((node) => node !== null);
}

/**
 * Arguments that travel as JSON in a form are shown as what they are.
 * @param {any} sent
 */
function unpacked(sent) {
  if (!sent || typeof sent !== "object") return sent;
  return Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, typeof value === "string" && /^[[{]/.test(value) ? parsed(value) : value]));
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** @param {{kind: string, method: string, left: number}[]} faults */
function drawFaults(faults) {
  byId("faults-none").hidden = faults.length > 0;
  byId("fault-clear").hidden = !faults.length;
  fill(byId("faults"), faults.map((each) => h("li", {}, `${WORDS[each.kind] ?? each.kind} for ${each.method === "*" ? "any method" : each.method}, ${each.left} ${each.left === 1 ? "call" : "calls"} left`)));
}

/** @param {string} kind */
async function turnOn(kind) {
  const method = /** @type {HTMLInputElement} */ (byId("fault-method")).value.trim();
  const times = Number(/** @type {HTMLInputElement} */ (byId("fault-times")).value);
  const answer = await act("fault", { kind, method, times });
  if (answer.error) toast(answer.error, "error");
}

/** Wire what never changes. */
export function startInspector() {
  const toggle = (/** @type {boolean} */ now) => { open = now; changed("wire"); };
  byId("inspector-toggle").addEventListener("click", () => toggle(!open));
  byId("inspector-close").addEventListener("click", () => { toggle(false); byId("inspector-toggle").focus(); });
  byId("wire-filter").addEventListener("input", () => changed("entries"));
  byId("wire-way").addEventListener("change", () => changed("entries"));
  for (const button of /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-fault]")])) button.addEventListener("click", () => turnOn(button.dataset.fault ?? ""));
}
