// One message as a bubble with its buttons.

import { el, icon } from "/static/dom.js";
import { richText } from "/static/richtext.js";

const BUTTON_ICONS = { url: "out", copy_text: "copy", web_app: "out", login_url: "out" };

export function snippet(message, words) {
  if (!message) return "";
  if (message.text) return message.text;
  if (message.photo) return message.caption ? `🖼 ${message.caption}` : `🖼 ${words.say("photo")}`;
  if (message.document) return `📄 ${message.document.file_name ?? words.say("file")}`;
  if (message.contact) return `📞 ${words.say("contact")}`;
  return "";
}

// `actions` are what a person can do with it: say, tap, opened, enlarge, copy, unavailable.
export function bubble(message, words, actions, reactions = []) {
  const own = !message.from.is_bot;
  const parts = [quote(message, words), media(message, words, actions), text(message, actions)];
  if (message.show_caption_above_media) [parts[1], parts[2]] = [parts[2], parts[1]];
  const box = el("div", { class: `bubble${message.photo ? " with-photo" : ""}` }, parts, meta(message, own, words));
  return el(
    "article",
    { class: `message ${own ? "own" : "bot"}`, data: { id: message.message_id }, "aria-label": own ? undefined : words.say("bot") },
    box,
    reactions.length > 0 && el("div", { class: "reactions" }, reactions.map((reaction) => el("span", {}, reaction.emoji ?? "★"))),
    message.reply_markup && keyboard(message, words, actions),
  );
}

function quote(message, words) {
  const quoted = message.reply_to_message;
  return quoted && el("div", { class: "quote", dir: "auto" }, el("b", {}, quoted.from.first_name), el("span", {}, snippet(quoted, words)));
}

function media(message, words, actions) {
  if (message.photo) {
    const { file_id: id, width, height } = message.photo[message.photo.length - 1];
    const source = `/sandbox/files/${id}`;
    const image = el("img", { src: source, alt: message.caption ?? words.say("photo"), width: String(width), height: String(height) });
    return el("button", { type: "button", class: "photo", "aria-label": words.say("enlarge"), onclick: () => actions.enlarge(source, message.caption) }, image);
  }
  if (message.document) {
    const { file_id: id, file_name: name, file_size: size } = message.document;
    const kilobytes = new Intl.NumberFormat(words.language, { style: "unit", unit: "kilobyte", maximumFractionDigits: 1 }).format(size / 1024);
    return el(
      "a",
      { class: "document", href: `/sandbox/files/${id}`, download: name ?? "file" },
      el("span", { class: "document-icon" }, icon("file")),
      el("span", {}, el("b", { dir: "auto" }, name ?? words.say("file")), el("small", {}, kilobytes)),
    );
  }
  if (message.contact) {
    const { first_name: first, last_name: last, phone_number: phone } = message.contact;
    return el(
      "div",
      { class: "document" },
      el("span", { class: "document-icon" }, icon("phone")),
      el("span", {}, el("b", { dir: "auto" }, [first, last].filter(Boolean).join(" ")), el("small", { dir: "ltr" }, phone)),
    );
  }
  return null;
}

function text(message, actions) {
  const words = message.text ?? message.caption;
  return words && el("div", { class: "text", dir: "auto" }, richText(words, message.entities ?? message.caption_entities, actions));
}

function meta(message, own, words) {
  return el(
    "span",
    { class: "meta" },
    message.edit_date && !own && el("span", {}, words.say("edited"), " "),
    el("time", { datetime: new Date(message.date * 1000).toISOString() }, words.time(message.date)),
    own && el("span", { class: "ticks", role: "img", "aria-label": words.say("sent") }, icon("tick")),
  );
}

function keyboard(message, words, actions) {
  const rows = message.reply_markup.inline_keyboard.map((row) =>
    el("div", { class: "row" }, row.map((button) => inlineButton(message, button, words, actions))),
  );
  return el("div", { class: "inline-keyboard" }, rows);
}

function inlineButton(message, button, words, actions) {
  const kind = Object.keys(BUTTON_ICONS).find((name) => name in button);
  const label = [el("span", { class: "label", dir: "auto" }, button.text), kind && icon(BUTTON_ICONS[kind])];
  const style = `inline-button ${button.style ?? ""}`;
  if (button.url) {
    const onclick = (event) => actions.opened(button.url) && event.preventDefault();
    return el("a", { class: style, href: button.url, target: "_blank", rel: "noopener noreferrer", onclick }, label);
  }
  const onclick = (event) => {
    if (button.copy_text) actions.copy(button.copy_text.text);
    else if (button.callback_data !== undefined) actions.tap(message.message_id, button.callback_data, event.currentTarget);
    else actions.unavailable();
  };
  return el("button", { type: "button", class: style, disabled: "disabled" in button, onclick }, label);
}

export function markRead(article, words) {
  const ticks = article.querySelector(".ticks");
  if (!ticks || ticks.classList.contains("read")) return;
  ticks.classList.add("read");
  ticks.setAttribute("aria-label", words.say("read"));
  ticks.replaceChildren(icon("ticks"));
}
