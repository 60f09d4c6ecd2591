// @ts-check
/**
 * A small set of emoji by their Slack names; any other name stays as it was written.
 * @module
 */

const NAMES =
  "+1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 wave 👋 tada 🎉 heart ❤️ smile 😄 slightly_smiling_face 🙂 blush 😊 grinning 😀 " +
  "joy 😂 wink 😉 thinking_face 🤔 confused 😕 cry 😢 sob 😭 fire 🔥 rocket 🚀 star ⭐ star2 🌟 sparkles ✨ eyes 👀 " +
  "clap 👏 pray 🙏 muscle 💪 raised_hands 🙌 handshake 🤝 point_right 👉 point_left 👈 point_up ☝️ point_down 👇 " +
  "white_check_mark ✅ heavy_check_mark ✔️ ballot_box_with_check ☑️ x ❌ warning ⚠️ no_entry ⛔ no_entry_sign 🚫 " +
  "question ❓ exclamation ❗ bulb 💡 memo 📝 pencil 📝 pencil2 ✏️ calendar 📆 date 📅 spiral_calendar_pad 🗓️ clock1 🕐 " +
  "clock3 🕒 alarm_clock ⏰ hourglass ⌛ hourglass_flowing_sand ⏳ bell 🔔 no_bell 🔕 mag 🔍 lock 🔒 unlock 🔓 key 🔑 " +
  "link 🔗 paperclip 📎 email 📧 envelope ✉️ inbox_tray 📥 outbox_tray 📤 package 📦 books 📚 book 📖 mortar_board 🎓 " +
  "school 🏫 teacher 🧑‍🏫 seedling 🌱 herb 🌿 sunny ☀️ rainbow 🌈 coffee ☕ tea 🍵 cake 🍰 pizza 🍕 trophy 🏆 medal 🏅 " +
  "dart 🎯 chart_with_upwards_trend 📈 chart_with_downwards_trend 📉 bar_chart 📊 computer 💻 iphone 📱 telephone ☎️ " +
  "gear ⚙️ wrench 🔧 hammer 🔨 toolbox 🧰 robot_face 🤖 ghost 👻 earth_americas 🌎 earth_africa 🌍 airplane ✈️ car 🚗 " +
  "house 🏠 office 🏢 busts_in_silhouette 👥 bust_in_silhouette 👤 speech_balloon 💬 thought_balloon 💭 loudspeaker 📢 " +
  "mega 📣 arrow_right ➡️ arrow_left ⬅️ arrow_up ⬆️ arrow_down ⬇️ repeat 🔁 arrows_counterclockwise 🔄 heavy_plus_sign ➕ " +
  "heavy_minus_sign ➖ red_circle 🔴 large_blue_circle 🔵 large_green_circle 🟢 large_yellow_circle 🟡 white_circle ⚪ " +
  "black_circle ⚫ large_orange_diamond 🔶 small_blue_diamond 🔹 one 1️⃣ two 2️⃣ three 3️⃣ four 4️⃣ five 5️⃣ zzz 💤 " +
  "palm_tree 🌴 face_with_thermometer 🤒 wastebasket 🗑️ pushpin 📌 round_pushpin 📍 bookmark 🔖 checkered_flag 🏁 100 💯";

const words = NAMES.split(" ");
/** @type {Map<string, string>} */
const signs = new Map();
for (let index = 0; index < words.length; index += 2) signs.set(words[index], words[index + 1]);

/** The names of all that are known. */
export function known() {
  return [...signs.keys()];
}

/**
 * Replace `:names:` that are known.
 * @param {string} text
 */
export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+'-]+)(?:::skin-tone-[2-6])?:/g, (whole, name) => signs.get(name) ?? whole);
}
