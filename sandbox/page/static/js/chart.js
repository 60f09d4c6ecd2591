// @ts-check
/**
 * Charts: bars, lines, areas and pies, with their numbers in words for whoever does not see them and in a table for
 * everybody (docs.slack.dev/reference/block-kit/blocks/data-visualization-block).
 * @module
 */

import { h } from "./dom.js";

/** @typedef {{label: string, value: number}} Point */
/** @typedef {{name: string, data: Point[]}} Series */
/** @typedef {{low: number, high: number, ticks: number[], y: (value: number) => number, x: (place: number) => number, step: number}} Scale */

const WIDE = 480;
const HIGH = 240;
const LEFT = 52;
const RIGHT = 10;
const TOP = 10;
const BOTTOM = 34;
const TICKS = 4;
const NAMES = /** @type {Record<string, string>} */ ({ pie: "Pie chart", bar: "Bar chart", line: "Line chart", area: "Area chart" });
const number = new Intl.NumberFormat("en-US", { maximumFractionDigits: 6 });

/** @param {any} block @returns {HTMLElement} */
export function chart({ title, chart: given }) {
  const isPie = given.type === "pie";
  /** @type {Series[]} */
  const series = isPie ? [{ name: "", data: given.segments }] : given.series;
  const picture = s("svg", { viewBox: `0 0 ${WIDE} ${HIGH}`, role: "img", "aria-label": inWords(title, given.type, series) }, isPie ? pie(given.segments) : plot(given));
  const { x_label: below, y_label: beside } = given.axis_config ?? {};
  return h("figure", { class: "chart" },
    h("figcaption", { dir: "auto" }, title),
    beside ? h("small", { class: "axis-name", dir: "auto" }, beside) : null,
    picture,
    below ? h("small", { class: "axis-name below", dir: "auto" }, below) : null,
    isPie || series.length > 1 ? h("ul", { class: "legend" }, (isPie ? given.segments.map(share) : series.map((each) => each.name)).map(legend)) : null,
    numbers(title, isPie ? given.segments.map((/** @type {Point} */ each) => each.label) : given.axis_config.categories, series));
}

/** What the picture shows. @param {string} title @param {string} kind @param {Series[]} series */
function inWords(title, kind, series) {
  const line = (/** @type {Series} */ each) => `${each.name ? `${each.name}: ` : ""}${each.data.map(({ label, value }) => `${label} ${number.format(value)}`).join(", ")}.`;
  return `${NAMES[kind]}, ${title}. ${series.map(line).join(" ")}`;
}

/** @param {Point} segment @param {number} _index @param {Point[]} all */
function share(segment, _index, all) {
  const whole = all.reduce((sum, each) => sum + each.value, 0);
  return `${segment.label}: ${number.format(segment.value)}${whole ? ` (${Math.round((segment.value / whole) * 100)}%)` : ""}`;
}

/** @param {string} words @param {number} index */
function legend(words, index) {
  return h("li", {}, h("span", { class: `key series-${index}`, "aria-hidden": "true" }), h("span", { dir: "auto" }, words));
}

/** @param {string} title @param {string[]} labels @param {Series[]} series */
function numbers(title, labels, series) {
  const value = (/** @type {Series} */ each, /** @type {string} */ label) => number.format(each.data.find((point) => point.label === label)?.value ?? 0);
  return h("details", { class: "numbers" }, h("summary", {}, "Show the numbers"),
    h("div", { class: "table-box", tabindex: "0", role: "group", "aria-label": "Table" }, h("table", {},
      h("caption", { class: "sr", dir: "auto" }, title),
      h("thead", {}, h("tr", {}, h("td"), series.map((each) => h("th", { scope: "col", dir: "auto" }, each.name || "Value")))),
      h("tbody", {}, labels.map((label) => h("tr", {}, h("th", { scope: "row", dir: "auto" }, label), series.map((each) => h("td", { class: "align-right" }, value(each, label)))))))));
}

// Pictures

/** @param {Point[]} segments @returns {Element[]} */
function pie(segments) {
  const whole = segments.reduce((sum, each) => sum + each.value, 0);
  const [x, y, r] = [WIDE / 2, HIGH / 2, HIGH / 2 - TOP];
  let turned = 0;
  return segments.map(({ value }, index) => {
    const part = whole ? value / whole : 1 / segments.length;
    const [from, to] = [turned, turned + part];
    turned = to;
    if (part > 0.9999) return s("circle", { class: `fill series-${index}`, cx: x, cy: y, r });
    const at = (/** @type {number} */ turn) => `${x + r * Math.sin(turn * 2 * Math.PI)} ${y - r * Math.cos(turn * 2 * Math.PI)}`;
    return s("path", { class: `fill series-${index}`, d: `M${x} ${y} L${at(from)} A${r} ${r} 0 ${part > 0.5 ? 1 : 0} 1 ${at(to)} Z` });
  });
}

/** @param {any} given @returns {Element[]} */
function plot({ type, series, axis_config: { categories } }) {
  const scale = scaled(series, categories.length);
  const draw = type === "bar" ? bars : type === "line" ? line : area;
  const values = (/** @type {Series} */ each) => categories.map((/** @type {string} */ label) => each.data.find((point) => point.label === label)?.value ?? 0);
  return [...axes(scale, categories), ...series.flatMap((/** @type {Series} */ each, /** @type {number} */ index) => draw(values(each), scale, index, series.length))];
}

/** @param {Series[]} series @param {number} places @returns {Scale} */
function scaled(series, places) {
  const values = series.flatMap((each) => each.data.map((point) => point.value));
  const [least, most] = [Math.min(0, ...values), Math.max(0, ...values)];
  const tick = roundStep((most - least || 1) / TICKS);
  const low = Math.floor(least / tick) * tick;
  const high = Math.max(Math.ceil(most / tick) * tick, low + tick);
  const ticks = Array.from({ length: Math.round((high - low) / tick) + 1 }, (_, index) => low + index * tick);
  const step = (WIDE - LEFT - RIGHT) / places;
  return { low, high, ticks, step, x: (place) => LEFT + step * (place + 0.5), y: (value) => TOP + ((high - value) / (high - low)) * (HIGH - TOP - BOTTOM) };
}

/** The next step of 1, 2 or 5 times a power of ten. @param {number} rough */
function roundStep(rough) {
  const power = 10 ** Math.floor(Math.log10(rough));
  return power * (/** @type {number[]} */ ([1, 2, 5, 10]).find((each) => each * power >= rough) ?? 10);
}

/** @param {Scale} scale @param {string[]} categories @returns {Element[]} */
function axes({ ticks, x, y, step }, categories) {
  const every = Math.ceil(categories.length / Math.max(1, Math.floor((WIDE - LEFT) / Math.max(step, 100))));
  const short = (/** @type {string} */ label) => ([...label].length > 11 ? `${[...label].slice(0, 10).join("")}…` : label);
  return [
    ...ticks.flatMap((tick) => [s("line", { class: tick === 0 ? "zero" : "rule", x1: LEFT, x2: WIDE - RIGHT, y1: y(tick), y2: y(tick) }), s("text", { x: LEFT - 6, y: y(tick) + 4, "text-anchor": "end" }, number.format(tick))]),
    ...categories.flatMap((label, place) => (place % every ? [] : [s("text", { x: x(place), y: HIGH - 14, "text-anchor": "middle" }, short(label))])),
  ];
}

/** @param {number[]} values @param {Scale} scale @param {number} index @param {number} count @returns {Element[]} */
function bars(values, { x, y, step }, index, count) {
  const width = Math.min((step * 0.8) / count, 60);
  return values.map((value, place) => s("rect", {
    class: `fill series-${index}`, x: x(place) + (index - count / 2) * width, width: Math.max(width - 1, 1), y: Math.min(y(value), y(0)), height: Math.abs(y(value) - y(0)),
  }));
}

/** @param {number[]} values @param {Scale} scale @param {number} index @returns {Element[]} */
function line(values, { x, y }, index) {
  const points = values.map((value, place) => `${x(place)},${y(value)}`).join(" ");
  return [s("polyline", { class: `stroke series-${index}`, points }), ...values.map((value, place) => s("circle", { class: `fill series-${index}`, cx: x(place), cy: y(value), r: 3.5 }))];
}

/** @param {number[]} values @param {Scale} scale @param {number} index @returns {Element[]} */
function area(values, scale, index) {
  const { x, y } = scale;
  const top = values.map((value, place) => `${x(place)},${y(value)}`).join(" ");
  const points = `${x(0)},${y(0)} ${top} ${x(values.length - 1)},${y(0)}`;
  return [s("polygon", { class: `fill thin series-${index}`, points }), ...line(values, scale, index)];
}

/**
 * A piece of a picture.
 * @param {string} tag
 * @param {Record<string, string|number>} props
 * @param {...(Element|string|Element[])} children
 */
function s(tag, props, ...children) {
  const node = document.createElementNS("http://www.w3.org/2000/svg", tag);
  for (const [name, value] of Object.entries(props)) node.setAttribute(name, String(value));
  node.append(...children.flat());
  return node;
}
