// @ts-check
/**
 * The focus: the one way in which it comes back, after something was drawn anew or a dialog was closed.
 * @module
 */

/**
 * Remember where the focus is. What this returns puts it back where it was lost: to the same control, to the one that
 * stands in its place (the same `data-focus`, the nearest one first), else to what is given or lay around it.
 * @returns {(otherwise?: HTMLElement) => void}
 */
export function rememberFocus() {
  const before = focused();
  const around = before ? ancestors(before) : [];
  const name = before?.dataset.focus;
  const caret = before ? caretOf(before) : null;
  return (otherwise) => {
    if (focused()) return;
    const same = name ? twin(around, name) : null;
    const choices = [before?.isConnected ? before : null, same, otherwise, around.find((each) => each.isConnected && each.hasAttribute("tabindex"))];
    for (const each of before || otherwise ? choices : []) {
      each?.focus();
      if (focused()) break;
    }
    if (same && same === focused() && caret) /** @type {HTMLInputElement} */ (same).setSelectionRange(...caret);
  };
}

/** @returns {HTMLElement|null} what has the focus, if anything has */
function focused() {
  const active = document.activeElement;
  return active instanceof HTMLElement && active !== document.body ? active : null;
}

/** @param {HTMLElement} node @returns {HTMLElement[]} from the inside out */
function ancestors(node) {
  const found = [];
  for (let each = node.parentElement; each; each = each.parentElement) found.push(each);
  return found;
}

/** @param {HTMLElement[]} around @param {string} name @returns {HTMLElement|null} */
function twin(around, name) {
  for (const each of around) {
    const found = each.isConnected ? each.querySelector(`[data-focus="${CSS.escape(name)}"]`) : null;
    if (found) return /** @type {HTMLElement} */ (found);
  }
  return null;
}

/** @param {HTMLElement} node @returns {[number, number]|null} where the caret is in a text */
function caretOf(node) {
  const { selectionStart, selectionEnd } = /** @type {HTMLInputElement} */ (node);
  return typeof selectionStart === "number" && typeof selectionEnd === "number" ? [selectionStart, selectionEnd] : null;
}
