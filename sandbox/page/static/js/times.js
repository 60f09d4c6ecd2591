// @ts-check
/**
 * Times as Slack shows them, in the viewer's zone.
 * @module
 */

/** @type {Map<string, Intl.DateTimeFormat>} */
const formats = new Map();

/**
 * @param {number} seconds Unix time
 * @param {string} zone IANA name
 * @param {Intl.DateTimeFormatOptions} options
 */
export function shown(seconds, zone, options) {
  const key = zone + JSON.stringify(options);
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat("en-US", { timeZone: zone, ...options });
    formats.set(key, format);
  }
  return format.format(seconds * 1000);
}

/**
 * The calendar day as YYYY-MM-DD.
 * @param {number} seconds
 * @param {string} zone
 */
export function day(seconds, zone) {
  const parts = shown(seconds, zone, { year: "numeric", month: "2-digit", day: "2-digit" }).split("/");
  return `${parts[2]}-${parts[0]}-${parts[1]}`;
}

/** @param {number} seconds @param {string} zone */
export function clock(seconds, zone) {
  return shown(seconds, zone, { hour: "numeric", minute: "2-digit" });
}

/** @param {number} number */
function ordinal(number) {
  const tens = number % 100;
  const ending = tens >= 11 && tens <= 13 ? "th" : ["th", "st", "nd", "rd"][number % 10] ?? "th";
  return `${number}${ending}`;
}

/**
 * @param {number} seconds
 * @param {string} zone
 * @param {"short"|"long"} month
 * @param {boolean} weekday
 */
function longDate(seconds, zone, month, weekday) {
  const name = shown(seconds, zone, { month });
  const number = ordinal(Number(shown(seconds, zone, { day: "numeric" })));
  const year = shown(seconds, zone, { year: "numeric" });
  const start = weekday ? `${shown(seconds, zone, { weekday: "long" })}, ` : "";
  return `${start}${name} ${month === "short" ? number.replace(/\D+/, "") : number}, ${year}`;
}

/**
 * "today", "yesterday" or "tomorrow", where that is so.
 * @param {number} seconds
 * @param {string} zone
 * @param {number} now
 */
function near(seconds, zone, now) {
  const names = /** @type {const} */ ([[-86400, "yesterday"], [0, "today"], [86400, "tomorrow"]]);
  return names.find(([away]) => day(now + away, zone) === day(seconds, zone))?.[1];
}

/** @param {number} seconds @param {number} now */
function ago(seconds, now) {
  const away = now - seconds;
  const units = /** @type {const} */ ([["day", 86400], ["hour", 3600], ["minute", 60]]);
  const [unit, length] = units.find(([, each]) => Math.abs(away) >= each) ?? ["second", 1];
  const format = new Intl.RelativeTimeFormat("en-US", { numeric: "always" });
  return format.format(-Math.trunc(away / length), /** @type {Intl.RelativeTimeFormatUnit} */ (unit));
}

/**
 * Fill in the tokens of `<!date^…>` (docs.slack.dev/messaging/formatting-message-text, date formatting).
 * @param {number} seconds
 * @param {string} format such as `{date_short_pretty} at {time}`
 * @param {string} zone
 * @param {number} now business time in Unix seconds
 */
export function dateTokens(seconds, format, zone, now) {
  const pretty = near(seconds, zone, now);
  /** @type {Record<string, () => string>} */
  const tokens = {
    date_num: () => day(seconds, zone),
    date: () => longDate(seconds, zone, "long", false),
    date_short: () => longDate(seconds, zone, "short", false),
    date_long: () => longDate(seconds, zone, "long", true),
    date_pretty: () => pretty ?? longDate(seconds, zone, "long", false),
    date_short_pretty: () => pretty ?? longDate(seconds, zone, "short", false),
    date_long_pretty: () => pretty ?? longDate(seconds, zone, "long", true),
    day_divider_pretty: () => dayDivider(seconds, zone, now),
    time: () => clock(seconds, zone),
    time_secs: () => shown(seconds, zone, { hour: "numeric", minute: "2-digit", second: "2-digit" }),
    ago: () => ago(seconds, now),
  };
  const filled = format.replace(/\{(\w+)\}/g, (whole, name) => tokens[name]?.() ?? whole);
  return format.startsWith("{") ? filled.charAt(0).toUpperCase() + filled.slice(1) : filled;
}

/**
 * The line between two days.
 * @param {number} seconds
 * @param {string} zone
 * @param {number} now
 */
export function dayDivider(seconds, zone, now) {
  const name = near(seconds, zone, now);
  if (name) return name.charAt(0).toUpperCase() + name.slice(1);
  const sameYear = day(seconds, zone).slice(0, 4) === day(now, zone).slice(0, 4);
  const long = longDate(seconds, zone, "long", true);
  return sameYear ? long.replace(/, \d+$/, "") : long;
}

/**
 * A whole moment, for tooltips and screen readers.
 * @param {number} seconds
 * @param {string} zone
 */
export function whole(seconds, zone) {
  return shown(seconds, zone, { dateStyle: "full", timeStyle: "short" });
}
