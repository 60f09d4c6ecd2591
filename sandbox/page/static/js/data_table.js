// @ts-check
/**
 * The data table: rows by the page, sorted by any column, filtered by what is typed
 * (docs.slack.dev/reference/block-kit/blocks/data-table-block).
 * @module
 */

import { fill, h, newId } from "./dom.js";
import { textNodes } from "./mrkdwn.js";
import { richText } from "./rich_text.js";

/** @typedef {any} Cell raw_text, raw_number or rich_text */

const PAGE_ROWS = 5;

/** @param {any} block @returns {HTMLElement} */
export function dataTable(block) {
  return new DataTable(block).box;
}

class DataTable {
  /** @param {any} block */
  constructor(block) {
    const [head, ...rows] = block.rows;
    /** @type {Cell[][]} */
    this.rows = rows;
    this.size = block.page_size ?? PAGE_ROWS;
    this.named = block.row_header_column_index ?? 0;
    this.page = 0;
    this.query = "";
    /** @type {{column: number, by: 1|-1}|null} */
    this.order = null;
    this.body = h("tbody");
    this.heads = head.map((/** @type {Cell} */ cell, /** @type {number} */ column) => this.headNode(cell, column));
    this.status = h("span", { role: "status" });
    [this.back, this.on] = /** @type {const} */ ([["Previous rows", -1], ["Next rows", 1]]).map(([words, by]) => h("button", { type: "button", class: "button small", onclick: () => this.turn(by) }, words));
    const caption = newId("caption");
    this.box = h("div", { class: "data-table" },
      rows.length > this.size ? this.filterNode() : null,
      h("div", { class: "table-box", tabindex: "0", role: "group", "aria-labelledby": caption },
        h("table", {}, h("caption", { id: caption, dir: "auto" }, block.caption), h("thead", {}, h("tr", {}, this.heads)), this.body)),
      h("div", { class: "pages" }, this.status, rows.length > this.size ? [this.back, this.on] : null));
    this.draw();
  }

  filterNode() {
    const node = /** @type {HTMLInputElement} */ (h("input", { type: "search", class: "text", dir: "auto", placeholder: "Filter rows", "aria-label": "Filter rows", autocomplete: "off" }));
    node.addEventListener("input", () => { this.query = node.value.trim().toLocaleLowerCase(); this.page = 0; this.draw(); });
    return node;
  }

  /** @param {Cell} cell @param {number} column */
  headNode(cell, column) {
    return h("th", { scope: "col", "aria-sort": "none" },
      h("button", { type: "button", class: "plain sort", dir: "auto", onclick: () => this.sort(column) }, cell.text, h("span", { class: "sort-sign", "aria-hidden": "true" })));
  }

  /** @param {number} column */
  sort(column) {
    this.order = { column, by: this.order?.column === column && this.order.by === 1 ? -1 : 1 };
    this.page = 0;
    this.draw();
  }

  /** @param {number} by */
  turn(by) {
    this.page = Math.min(Math.max(this.page + by, 0), this.lastPage());
    this.draw();
  }

  /** The rows that fit, in their order. */
  fitting() {
    const found = this.rows.filter((row) => !this.query || row.some((cell) => words(cell).toLocaleLowerCase().includes(this.query)));
    const { order } = this;
    return order ? found.toSorted((a, b) => order.by * compared(a[order.column], b[order.column])) : found;
  }

  lastPage() {
    return Math.max(0, Math.ceil(this.fitting().length / this.size) - 1);
  }

  draw() {
    const all = this.fitting();
    const first = this.page * this.size;
    const shown = all.slice(first, first + this.size);
    fill(this.body, shown.map((row) => h("tr", {}, row.map((cell, column) => this.cellNode(cell, column)))));
    this.status.textContent = shown.length ? `Rows ${first + 1} to ${first + shown.length} of ${all.length}` : "No row fits.";
    this.back.setAttribute("aria-disabled", String(this.page === 0));
    this.on.setAttribute("aria-disabled", String(this.page >= this.lastPage()));
    this.heads.forEach((/** @type {HTMLElement} */ head, /** @type {number} */ column) => head.setAttribute("aria-sort", this.order?.column !== column ? "none" : this.order.by === 1 ? "ascending" : "descending"));
  }

  /** @param {Cell} cell @param {number} column */
  cellNode(cell, column) {
    const inside = cell.type === "rich_text" ? [richText(cell)] : textNodes({ type: "plain_text", text: cell.text });
    const look = cell.type === "raw_number" ? "align-right" : "";
    return column === this.named ? h("th", { scope: "row", dir: "auto", class: look }, inside) : h("td", { dir: "auto", class: look }, inside);
  }
}

/** @param {Cell} cell @returns {string} */
function words(cell) {
  return cell.type === "rich_text" ? richText(cell).textContent ?? "" : cell.text;
}

/** Numbers by their value, everything else by its words. @param {Cell} a @param {Cell} b */
function compared(a, b) {
  if (a.type === "raw_number" && b.type === "raw_number") return a.value - b.value;
  return words(a).localeCompare(words(b), undefined, { numeric: true });
}
