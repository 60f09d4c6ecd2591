// @ts-check
/**
 * File fields: files go to the sandbox when they are chosen, and to the app when the form is submitted.
 * @module
 */

import { toast } from "./dialog.js";
import { fill, h, icon } from "./dom.js";
import { act } from "./server.js";
import { focusName, inLine, valueOf } from "./surface.js";

/** @typedef {{id: string, name: string}} File_ */

const MOST = 10;

/** @param {import("./elements.js").Context} context @returns {HTMLElement} */
export function fileField({ element, surface, spot, names }) {
  const most = element.max_files ?? MOST;
  /** @type {File_[]} */
  let held = valueOf(surface, spot, "files") ?? [];
  const list = h("ul", { class: "files", "aria-label": "Chosen files" });
  const input = /** @type {HTMLInputElement} */ (h("input", {
    type: "file", class: "text", multiple: most > 1, accept: element.filetypes?.map((/** @type {string} */ each) => `.${each}`).join(","),
    "data-focus": focusName(spot), ...names, onchange: taken,
  }));

  async function taken() {
    const chosen = [...input.files ?? []];
    input.value = "";
    if (held.length + chosen.length > most) return toast(`You can choose ${most} at most.`, "error");
    await inLine(async () => hold([...held, ...await sent(chosen)]));
  }

  /** @param {File_[]} next */
  async function hold(next) {
    const answer = await act("fill", { at: spot, value: next.map((each) => each.id) });
    if (answer.error) return toast(answer.error, "error");
    held = next;
    dress();
  }

  function dress() {
    fill(list, held.map((each) => h("li", { class: "chip" }, icon("file"), each.name, h("button", {
      type: "button", class: "plain", "aria-label": `Remove ${each.name}`,
      onclick: () => { inLine(() => hold(held.filter((one) => one.id !== each.id))); input.focus(); },
    }, "×"))));
  }

  dress();
  return h("div", { class: "file-field" }, input, list);
}

/** @param {File[]} files @returns {Promise<File_[]>} those that arrived */
async function sent(files) {
  const answers = [];
  for (const file of files) answers.push(await act("upload", { name: file.name, content: await inBase64(file) }));
  for (const answer of answers) if (answer.error) toast(answer.error, "error");
  return answers.filter((answer) => !answer.error);
}

/** @param {Blob} file @returns {Promise<string>} */
function inBase64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1] ?? "");
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(file);
  });
}
