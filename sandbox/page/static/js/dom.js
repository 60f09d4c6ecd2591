// @ts-check
/**
 * The DOM in few words: making elements, and keeping lists of them in step with data.
 * @module
 */

/** @typedef {Node|string|null|undefined|false} Child */

/**
 * Make an element. Props that are functions become listeners (`onclick`), `class` and attributes go by name;
 * `true` sets an empty attribute; `false`, null and undefined set none.
 * @param {string} tag
 * @param {Record<string, any>} [props]
 * @param {...(Child|Child[])} children
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else if (name === "value") /** @type {any} */ (element).value = value;
    else if (value !== false && value != null) element.setAttribute(name, value === true ? "" : String(value));
  }
  put(element, ...children);
  return element;
}

/**
 * Append children, leaving out what is not there.
 * @param {Element} parent
 * @param {...(Child|Child[])} children
 */
export function put(parent, ...children) {
  for (const child of children.flat()) if (child !== null && child !== undefined && child !== false) parent.append(child);
}

/**
 * Replace everything inside an element.
 * @param {Element} parent
 * @param {...(Child|Child[])} children
 */
export function fill(parent, ...children) {
  parent.replaceChildren();
  put(parent, ...children);
}

/** @type {WeakMap<Element, {key: string, sign: string}>} */
const made = new WeakMap();

/**
 * Keep the children of `parent` in step with `items`: an element stays while its key and sign stay, so focus and
 * half-typed text survive. Focus inside a replaced element moves to the element with the same `data-focus`.
 * @template T
 * @param {Element} parent
 * @param {T[]} items
 * @param {{key: (item: T) => string, sign?: (item: T) => string, make: (item: T) => HTMLElement}} how
 */
export function keyed(parent, items, { key, sign = (item) => JSON.stringify(item), make }) {
  const old = new Map([...parent.children].map((child) => [made.get(child)?.key ?? "", child]));
  const focused = focusName();
  let place = parent.firstElementChild;
  for (const item of items) {
    const wanted = { key: key(item), sign: sign(item) };
    const known = old.get(wanted.key);
    old.delete(wanted.key);
    if (known && made.get(known)?.sign === wanted.sign) {
      if (known === place) place = known.nextElementSibling;
      else parent.insertBefore(known, place);
      continue;
    }
    const fresh = make(item);
    made.set(fresh, wanted);
    if (known) {
      if (known === place) place = known.nextElementSibling;
      known.replaceWith(fresh);
      parent.insertBefore(fresh, place);
    } else parent.insertBefore(fresh, place);
  }
  for (const child of old.values()) child.remove();
  refocus(parent, focused);
}

/** @returns {string|undefined} */
function focusName() {
  return /** @type {HTMLElement|null} */ (document.activeElement)?.dataset?.focus;
}

/**
 * @param {Element} parent
 * @param {string|undefined} name
 */
function refocus(parent, name) {
  if (!name || document.activeElement !== document.body) return;
  /** @type {HTMLElement|null} */ (parent.querySelector(`[data-focus="${CSS.escape(name)}"]`))?.focus();
}

let numbers = 0;

/**
 * An id nobody else has.
 * @param {string} prefix
 */
export function newId(prefix) {
  numbers += 1;
  return `${prefix}-${numbers}`;
}

/**
 * An element that has to be there.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`no element #${id}`);
  return found;
}

/**
 * Make a shape from the page's own set; it means nothing by itself and is hidden from screen readers.
 * @param {string} name
 */
export function icon(name) {
  return h("span", { class: `icon icon-${name}`, "aria-hidden": "true" });
}
