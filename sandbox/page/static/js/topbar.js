// @ts-check
/**
 * The top bar: what time it is, how to move it, and whether the app is there.
 * @module
 */

import { announce, toast } from "./dialog.js";
import { byId } from "./dom.js";
import { act } from "./server.js";
import { day, shown, whole } from "./times.js";
import { changed, state, zone } from "./store.js";

let today = "";

/** Draw the clock of the viewer's zone; a new day changes what "tomorrow" means all over the page. */
export function drawClock() {
  const { now, next, movable, busy } = state.clock;
  const before = today;
  today = day(now, zone());
  if (before !== today) changed("day");
  byId("now").textContent = shown(now, zone(), { weekday: "short", month: "short", day: "numeric", year: "numeric", hour: "numeric", minute: "2-digit" });
  byId("now").setAttribute("datetime", new Date(now * 1000).toISOString());
  byId("now").title = `${whole(now, zone())}, ${zone()}`;
  byId("leaps").hidden = !movable;
  byId("clock").setAttribute("aria-busy", String(Boolean(busy)));
  for (const button of /** @type {HTMLButtonElement[]} */ ([...document.querySelectorAll("[data-leap]")])) button.disabled = Boolean(busy) || (button.dataset.leap === "next" && next === null);
  byId("next-when").textContent = next ? until(next - now) : "";
  byId("next-button").title = next ? `Something is due ${whole(next, zone())}` : "Nothing is planned";
}

/** @param {number} seconds */
function until(seconds) {
  if (seconds < 60) return "due now";
  const units = /** @type {const} */ ([["d", 86400], ["h", 3600], ["min", 60]]);
  const [unit, length] = units.find(([, each]) => seconds >= each) ?? ["s", 1];
  return `in ${Math.round(seconds / length)} ${unit}`;
}

/**
 * Let time pass.
 * @param {string} by `next`, `hour`, `day` or `week`
 */
export async function leap(by) {
  state.clock.busy = true;
  drawClock();
  const answer = await act("leap", { by });
  state.clock.busy = false;
  drawClock();
  if (answer.error) toast(answer.error, "error");
  else announce(`It is now ${byId("now").textContent}`);
}

/** Draw whether the app is connected. */
export function drawApp() {
  const { installed, socket_mode: sockets, connections, name } = state.app;
  const well = installed && (!sockets || connections > 0);
  const words = !installed ? "was removed" : sockets ? (connections ? "is connected" : "is not connected") : "is reached over HTTP";
  byId("app-state").classList.toggle("well", well);
  byId("app-state-words").textContent = `${name} ${words}`;
  byId("team").textContent = state.me.team;
}

/** Wire what never changes. */
export function startTopbar() {
  for (const button of /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#leaps [data-leap]")])) button.addEventListener("click", () => leap(button.dataset.leap ?? "next"));
}
