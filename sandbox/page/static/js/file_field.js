// @ts-check
/**
 * File fields: files go to the sandbox when they are chosen, and to the app when the form is submitted.
 * @module
 */

import { toast } from "./dialog.js";
import { h, icon, keyed } from "./dom.js";
import { whenStill } from "./hold.js";
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
    whenStill(dress);
  }

  function dress() {
    keyed(list, held, { key: (each) => each.id, sign: (each) => each.name, make: chip });
  }

  /** @param {File_} each */
  function chip(each) {
    const drop = () => { inLine(() => hold(held.filter((one) => one.id !== each.id))); input.focus(); };
    return h("li", { class: "chip" }, icon("file"), h("span", { dir: "auto" }, each.name), h("button", { type: "button", class: "plain", "aria-label": `Remove ${each.name}`, onclick: drop }, "×"));
  }

  dress();
  return h("div", { class: "file-field" }, input, list);
}

/** @param {File[]} files @returns {Promise<File_[]>} those that arrived; of the others it is said what to do */
async function sent(files) {
  const arrived = [];
  for (const file of files) {
    const answer = await sentOne(file);
    if (answer.error) toast(answer.error, "error");
    else arrived.push(answer);
  }
  return arrived;
}

/** @param {File} file */
async function sentOne(file) {
  try {
    return await act("upload", { name: file.name, content: await inBase64(file) });
  } catch {
    return { error: `${file.name} could not be read. If it was moved or changed, choose it again.` };
  }
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
