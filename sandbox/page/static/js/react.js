// @ts-check
/**
 * Reacting: an emoji on a message, put there and taken off by the same press.
 * @module
 */

import { asked, toast } from "./dialog.js";
import { h, newId } from "./dom.js";
import { known, withEmoji } from "./emoji.js";
import { matching, menu } from "./menu.js";
import { act } from "./server.js";

/** @typedef {import("./types.js").Message} Message */

/** @param {Message} message @param {string} name */
export async function react({ channel, ts }, name) {
  const answer = await act("react", { channel, ts, name });
  if (answer.error) toast(answer.error, "error");
}

/** Ask for the emoji, then react with it. @param {Message} message */
export async function chooseReaction(message) {
  let name = "";
  const label = newId("emoji");
  const choices = known().map((each) => ({ value: each, text: `${withEmoji(`:${each}:`)} ${each.replaceAll("_", " ")}` }));
  const field = menu({
    many: false, chosen: [], placeholder: "Type a name, such as tada", focus: "emoji", names: { "aria-labelledby": label },
    load: (query) => matching([{ label: null, choices }], query),
    changed: async ([choice]) => { name = choice?.value ?? ""; return true; },
  });
  const body = h("div", { class: "input" }, h("div", { class: "label", id: label }, "Emoji"), field);
  if ((await asked({ title: "React", body, deny: "Cancel", confirm: "React" })) && name) await react(message, name);
}
