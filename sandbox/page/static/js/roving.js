// @ts-check
/**
 * Roving: a group of controls is one Tab stop, and the arrow keys go from one to the next
 * (keyboard interface of composites in the ARIA Authoring Practices Guide).
 * @module
 */

const INSIDE = "a[href], button, input, select, textarea, summary, [tabindex]";
const STEPS = /** @type {Record<string, number>} */ ({ ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 });
const CHANGES = { childList: true, subtree: true, attributes: true, attributeFilter: ["hidden", "disabled", "aria-pressed", "aria-current", "class"] };

/**
 * Make a group of buttons one stop: the one that is `chosen`, else the one that had the focus last, else the first.
 * @param {HTMLElement|null} box
 * @param {{items?: string, label?: string, chosen?: string, vertical?: boolean}} how with `label` it becomes a toolbar
 */
export function rove(box, { items = "button:not(:disabled)", label, chosen, vertical = false }) {
  if (!box) return;
  if (label) for (const [name, value] of Object.entries({ role: "toolbar", "aria-label": label, "aria-orientation": vertical ? "vertical" : "horizontal" })) box.setAttribute(name, value);
  const all = () => /** @type {HTMLElement[]} */ ([...box.querySelectorAll(items)]).filter((each) => each.offsetParent !== null || each.tabIndex < 0);
  const settle = () => {
    const found = all();
    const wished = chosen ? found.find((each) => each.matches(chosen)) : undefined;
    const stop = found.find((each) => each === document.activeElement) ?? wished ?? found.find((each) => each.getAttribute("tabindex") === "0") ?? found[0];
    for (const each of found) set(each, each === stop ? "0" : "-1");
  };
  attend(box, settle, (event) => step(event, all()));
}

/**
 * Make a list of rows one stop, with the controls of the row that is the stop after it. At first that is the last row.
 * @param {HTMLElement} list
 */
export function roveRows(list) {
  /** @type {HTMLElement|null} */
  let stop = null;
  const all = () => /** @type {HTMLElement[]} */ ([...list.children]).filter((each) => !each.matches(".day"));
  const settle = () => {
    const rows = all();
    stop = rows.find((each) => each.contains(document.activeElement)) ?? rows.at(-1) ?? null;
    for (const each of rows) {
      set(each, each === stop ? "0" : "-1");
      if (each === stop) putBack(each);
      else takeOut(each);
    }
  };
  attend(list, settle, (event) => step(event, all()));
}

/**
 * @param {HTMLElement} box
 * @param {() => void} settle
 * @param {(event: KeyboardEvent) => void} press
 */
function attend(box, settle, press) {
  box.addEventListener("focusin", settle);
  box.addEventListener("keydown", press);
  new MutationObserver(settle).observe(box, CHANGES);
  settle();
}

/** @param {KeyboardEvent} event @param {HTMLElement[]} all */
function step(event, all) {
  const at = all.indexOf(/** @type {HTMLElement} */ (event.target));
  const ends = /** @type {Record<string, number>} */ ({ Home: 0, End: all.length - 1 });
  if (at < 0 || event.altKey || event.ctrlKey || event.metaKey || !(event.key in STEPS || event.key in ends)) return;
  event.preventDefault();
  const next = all[ends[event.key] ?? Math.min(Math.max(at + STEPS[event.key], 0), all.length - 1)];
  next.focus();
  next.scrollIntoView({ block: "nearest" });
}

/** @param {HTMLElement} node @param {string} value */
function set(node, value) {
  if (node.getAttribute("tabindex") !== value) node.setAttribute("tabindex", value);
}

/** What was in the Tab order, with the `tabindex` it had. @type {WeakMap<Element, string|null>} */
const before = new WeakMap();

/** @param {HTMLElement} row */
function takeOut(row) {
  for (const each of /** @type {NodeListOf<HTMLElement>} */ (row.querySelectorAll(INSIDE))) {
    if (each.tabIndex < 0) continue;
    before.set(each, each.getAttribute("tabindex"));
    each.tabIndex = -1;
  }
}

/** @param {HTMLElement} row */
function putBack(row) {
  for (const each of row.querySelectorAll(INSIDE)) {
    const was = before.get(each);
    if (was === undefined) continue;
    if (was === null) each.removeAttribute("tabindex");
    else each.setAttribute("tabindex", was);
    before.delete(each);
  }
}
