// @ts-check
/**
 * The line to the sandbox: one stream of changes in, acts out.
 * @module
 */

import { changed, state, where } from "./store.js";

const SECTIONS = ["me", "app", "people", "places", "messages", "thread", "home", "modals", "clock", "tour", "show", "wire"];

const AGAIN_MS = 1000;
const NO_ANSWER = "The sandbox did not answer. Try again; if it stays so, see whether the sandbox still runs.";

/** @type {EventSource|null} */
let source = null;

/**
 * Follow what the viewer sees where they are now; ends what was followed before.
 * @param {(lost: boolean) => void} tell called when the line breaks and when it is back
 */
export function follow(tell) {
  source?.close();
  const asked = new URLSearchParams({ limit: String(where.limit) });
  for (const name of /** @type {const} */ (["as", "at", "tab", "thread"])) if (where[name]) asked.set(name, where[name] ?? "");
  const stream = new EventSource(`/page/stream?${asked}`);
  source = stream;
  stream.onopen = () => tell(false);
  stream.onerror = () => {
    tell(true);
    // Browsers come back by themselves where the line broke, and give up for good where the answer was an error.
    if (stream.readyState === EventSource.CLOSED) setTimeout(() => { if (source === stream) follow(tell); }, AGAIN_MS);
  };
  for (const name of SECTIONS) {
    stream.addEventListener(name, (event) => {
      if (source !== stream) return;
      /** @type {any} */ (state)[name] = JSON.parse(/** @type {MessageEvent} */ (event).data);
      changed(name);
    });
  }
}

/**
 * Do something as the viewer. Never throws: what went wrong is in `error`, as a sentence; `lost` says that nobody
 * answered and `refused` that nothing was done.
 * @param {string} name
 * @param {Record<string, any>} [details]
 * @returns {Promise<any>}
 */
export async function act(name, details = {}) {
  try {
    const answer = await fetch(`/page/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ as: where.as, ...details }),
    });
    const found = await answer.json();
    return answer.ok ? found : { ok: false, refused: true, error: found.error };
  } catch {
    return { ok: false, lost: true, error: NO_ANSWER };
  }
}

/**
 * What went over the wire after that entry; null when nobody answered.
 * @param {number} number
 * @returns {Promise<import("./types.js").Entry[]|null>}
 */
export async function wireAfter(number) {
  try {
    const answer = await fetch(`/page/wire?after=${number}`);
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
