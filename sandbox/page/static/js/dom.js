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
 * Keep the children of `parent` in step with `items`: an element stays while its key and sign stay, so that focus,
 * selections and half-typed text survive. Where the sign changed, `update` may mend the element that is there and
 * answers whether it did; otherwise `make` gives another.
 * @template T
 * @param {Element} parent
 * @param {T[]} items
 * @param {{key: (item: T) => string, sign?: (item: T) => string, make: (item: T) => HTMLElement, update?: (node: HTMLElement, item: T) => boolean}} how
 */
export function keyed(parent, items, { key, sign = (item) => JSON.stringify(item), make, update = () => false }) {
  const old = new Map(/** @type {HTMLElement[]} */ ([...parent.children]).map((child) => [made.get(child)?.key ?? "", child]));
  const wanted = new Set(items.map(key));
  for (const child of [...parent.children]) if (!wanted.has(made.get(child)?.key ?? "")) child.remove();
  let place = parent.firstElementChild;
  for (const item of items) {
    const name = { key: key(item), sign: sign(item) };
    const known = old.get(name.key);
    const stays = known && (made.get(known)?.sign === name.sign || update(known, item));
    const node = known && stays ? known : make(item);
    made.set(node, name);
    if (known && known !== node) {
      if (known === place) place = known.nextElementSibling;
      known.remove();
    }
    if (node === place) place = node.nextElementSibling;
    else parent.insertBefore(node, place);
  }
}

/** @typedef {{key: string, sign: string, make: () => HTMLElement, update?: (node: HTMLElement) => boolean}} Part */

/**
 * Keep the children of `parent` in step with a list of parts that know themselves how they are made.
 * @param {Element} parent
 * @param {(Part|null|false)[]} list
 */
export function parts(parent, list) {
  const there = /** @type {Part[]} */ (list.filter(Boolean));
  keyed(parent, there, { key: (part) => part.key, sign: (part) => part.sign, make: (part) => part.make(), update: (node, part) => part.update?.(node) ?? false });
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
