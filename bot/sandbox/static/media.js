// What a message carries beside its words: pictures, films, sounds, files, contacts and places.

import { el, icon } from "/static/dom.js";

const NAMED = [["contact", "📞"], ["voice", "🎤"], ["video_note", "🎬"], ["animation", "🎬"], ["video", "🎬"], ["audio", "🎵"], ["location", "📍"], ["sticker", "🙂"]];
const SERVICE = {
  forum_topic_created: (message, words) => words.say("topic_made", { name: message.forum_topic_created.name }),
  forum_topic_edited: (message, words) => words.say("topic_named", { name: message.forum_topic_edited.name ?? "" }),
  forum_topic_closed: (_message, words) => words.say("topic_closed"),
  forum_topic_reopened: (_message, words) => words.say("topic_reopened"),
  new_chat_members: (message, words) => words.say("joined", { name: message.new_chat_members.map((one) => one.first_name).join(", ") }),
  left_chat_member: (message, words) => words.say("left", { name: message.left_chat_member.first_name }),
};

// What the messenger itself says in a chat; null for what somebody said.
export function service(message, words) {
  const kind = Object.keys(SERVICE).find((name) => name in message);
  return kind ? SERVICE[kind](message, words) : null;
}

export function snippet(message, words) {
  if (!message) return "";
  if (message.text) return message.text;
  const told = service(message, words);
  if (told) return told;
  if (message.photo) return `🖼 ${message.caption ?? words.say("photo")}`;
  const [kind, sign] = NAMED.find(([name]) => message[name]) ?? [];
  if (kind) return `${sign} ${message.caption ?? (kind === "contact" ? words.say("contact") : message[kind].file_name ?? words.say(kind))}`;
  return message.document ? `📄 ${message.document.file_name ?? words.say("file")}` : "";
}

export function media(message, words, actions) {
  if (message.photo) return photo(message, words, actions);
  const seen = message.video ?? message.animation ?? message.video_note;
  const heard = message.voice ?? message.audio;
  const file = seen ?? heard ?? message.document;
  if (seen && !hollow(seen)) return el("video", { class: "film", src: source(seen), controls: true, preload: "metadata" });
  if (heard && !hollow(heard)) return el("audio", { class: "sound", src: source(heard), controls: true, preload: "metadata" });
  if (message.sticker) return el("img", { class: "sticker", src: source(message.sticker), alt: words.say("sticker") });
  if (file) return document(file, words);
  if (message.contact) return contact(message.contact);
  if (message.location) return card("place", words.say("location"), `${message.location.latitude}, ${message.location.longitude}`);
  return null;
}

const FETCHED_BYTES_MAX = 20 * 1024 * 1024; // of a larger file nothing is kept here either

function hollow(file) {
  return file.file_size > FETCHED_BYTES_MAX;
}

function source(file) {
  return `/sandbox/files/${file.file_id}`;
}

function photo(message, words, actions) {
  const { file_id: id, width, height } = message.photo[message.photo.length - 1];
  const shown = `/sandbox/files/${id}`;
  const image = el("img", { src: shown, alt: message.caption ?? words.say("photo"), width: String(width), height: String(height) });
  return el("button", { type: "button", class: "photo", "aria-label": words.say("enlarge"), onclick: () => actions.enlarge(shown, message.caption) }, image);
}

function document(file, words) {
  const size = hollow(file) ? measured(file.file_size / 1024 / 1024, "megabyte", words) : measured(file.file_size / 1024, "kilobyte", words);
  const name = file.file_name ?? words.say("file");
  return hollow(file) ? card("file", name, size) : card("file", name, size, { href: source(file), download: name });
}

function measured(number, unit, words) {
  return new Intl.NumberFormat(words.language, { style: "unit", unit, maximumFractionDigits: 1 }).format(number);
}

function contact({ first_name: first, last_name: last, phone_number: phone }) {
  return card("phone", [first, last].filter(Boolean).join(" "), phone);
}

function card(sign, title, detail, link = null) {
  const told = [el("span", { class: "document-icon" }, icon(sign)), el("span", {}, el("b", { dir: "auto" }, title), el("small", { dir: "ltr" }, detail))];
  return el(link ? "a" : "div", { class: "document", ...link }, told);
}
