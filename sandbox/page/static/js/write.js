// @ts-check
/**
 * Writing to somebody: choose one person or several, and be in the conversation with them.
 * @module
 */

import { asked, toast } from "./dialog.js";
import { byId, h, newId } from "./dom.js";
import { goTo } from "./go.js";
import { matching, menu } from "./menu.js";
import { act } from "./server.js";
import { placeOf, state, until, where } from "./store.js";

const MOST = 8;

/** Ask for the people, then go there. */
export async function writeToSomebody() {
  /** @type {string[]} */
  let to = [];
  const label = newId("to");
  const field = menu({
    many: true, chosen: [], limit: MOST, placeholder: "Choose one person or several", focus: "write to", names: { "aria-labelledby": label },
    load: (query) => matching([{ label: null, choices: others() }], query),
    changed: async (chosen) => { to = chosen.map((each) => each.value); return true; },
  });
  const body = h("div", { class: "input" }, h("div", { class: "label", id: label }, "To"), field);
  if (!(await asked({ title: "New message", body, deny: "Cancel", confirm: "Start writing" }))) return;
  const answer = await act("write", { to });
  if (answer.error) return toast(answer.error, "error");
  goTo(answer.channel);
  await until(() => placeOf(answer.channel));
  byId("composer-text").focus();
}

function others() {
  return state.people.filter((each) => !each.bot && !each.deleted && each.id !== where.as)
    .map((each) => ({ value: each.id, text: each.name, description: each.title || `@${each.handle}` }));
}
