// @ts-check
/**
 * Holding still: between a press and its release nothing on the page moves or is replaced, so that a click, the start
 * of a selection or a key that is held down meets what was there when it began.
 * @module
 */

/** A finger is lifted before the browser says "click"; it says so within this time. */
const TOUCH_MS = 350;
/** A press that nobody ends (its release went to another window) does not stop the page for good. */
const LONGEST_MS = 15000;
const PRESSED_BY_KEY = "button, summary, select, a[href], input[type=checkbox], input[type=radio], [role=menuitem]";

let held = false;
let byKey = false;
/** @type {ReturnType<typeof setTimeout>|undefined} */
let timer;
/** @type {(() => void)[]} */
let waiting = [];

/**
 * Do something to the page: now, or once what is pressed was released. Works keep their order.
 * @param {() => void} work
 */
export function whenStill(work) {
  if (held) waiting.push(work);
  else work();
}

/** @param {boolean} key */
function hold(key) {
  held = true;
  byKey = key;
  clearTimeout(timer);
  timer = setTimeout(letGo, LONGEST_MS);
}

/** @param {number} after milliseconds; the click of a release comes before */
function release(after) {
  if (!held) return;
  clearTimeout(timer);
  timer = setTimeout(letGo, after);
}

function letGo() {
  clearTimeout(timer);
  held = false;
  const works = waiting;
  waiting = [];
  for (const work of works) whenStill(work);
}

/** @param {KeyboardEvent} event */
function keyDown(event) {
  const presses = event.key === " " || event.key === "Enter";
  if (presses && event.target instanceof Element && event.target.matches(PRESSED_BY_KEY)) hold(true);
}

/** Watch presses; once, before anything is drawn. */
export function startHolding() {
  const listen = (/** @type {string} */ name, /** @type {(event: any) => void} */ does) => window.addEventListener(name, does, { capture: true, passive: true });
  listen("pointerdown", () => hold(false));
  listen("pointerup", (event) => release(event.pointerType === "touch" ? TOUCH_MS : 0));
  listen("click", () => release(0));
  // A mouse that moves with no button down was released where nobody saw it, over a scroll bar say.
  listen("pointermove", (event) => { if (!byKey && !event.buttons && event.pointerType === "mouse") release(0); });
  listen("keydown", keyDown);
  listen("keyup", () => release(0));
  for (const name of ["pointercancel", "dragend", "blur"]) listen(name, (event) => { if (name !== "blur" || event.target === window) release(0); });
}
