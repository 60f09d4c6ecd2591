// @ts-check
/**
 * The carousel: cards side by side, reached by buttons, the arrow keys or by scrolling
 * (docs.slack.dev/reference/block-kit/blocks/carousel-block; carousel pattern of the ARIA Authoring Practices Guide).
 * @module
 */

import { h, newId } from "./dom.js";

/** Browsers scroll to a place not to the pixel. */
const NEAR = 6;

/**
 * @param {HTMLElement[]} cards
 * @returns {HTMLElement}
 */
export function carousel(cards) {
  const slides = cards.map((card, index) => h("div", { class: "slide", role: "group", "aria-roledescription": "card", "aria-label": `${index + 1} of ${cards.length}` }, card));
  const strip = h("div", { id: newId("strip"), class: "strip", tabindex: "0", role: "group", "aria-label": "Cards, side by side" }, slides);
  return h("div", { class: "carousel", role: "group", "aria-roledescription": "carousel", "aria-label": `${cards.length} ${cards.length === 1 ? "card" : "cards"}` },
    cards.length > 1 ? controls(strip, slides) : null, strip);
}

/** @param {HTMLElement} strip @param {HTMLElement[]} slides */
function controls(strip, slides) {
  const [back, on] = /** @type {const} */ ([["Previous card", "‹", -1], ["Next card", "›", 1]]).map(([name, sign, by]) =>
    h("button", { type: "button", class: "button small", "aria-label": name, "aria-controls": strip.id, onclick: () => turn(strip, slides, by) }, sign));
  const tell = () => {
    back.setAttribute("aria-disabled", String(strip.scrollLeft < NEAR));
    on.setAttribute("aria-disabled", String(strip.scrollLeft + strip.clientWidth > strip.scrollWidth - NEAR));
  };
  strip.addEventListener("scroll", tell);
  new ResizeObserver(tell).observe(strip);
  return h("div", { class: "carousel-buttons" }, back, on);
}

/** Bring the next card to the start. @param {HTMLElement} strip @param {HTMLElement[]} slides @param {number} by */
function turn(strip, slides, by) {
  const starts = slides.map((each) => each.offsetLeft - slides[0].offsetLeft);
  const here = starts.findLastIndex((start) => start <= strip.scrollLeft + NEAR);
  strip.scrollTo({ left: starts[Math.min(Math.max(here + by, 0), slides.length - 1)] });
}
