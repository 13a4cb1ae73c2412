// One message as a bubble with its buttons.

import { avatar, el, fullName, icon, iconButton } from "/static/dom.js";
import { media, service, snippet } from "/static/media.js";
import { richText } from "/static/richtext.js";

const BUTTON_ICONS = { url: "out", copy_text: "copy", web_app: "out", login_url: "out" };

// `actions` are what a person can do with it: say, reply, isOwn, tap, opened, enlarge, copy, unavailable.
// `label` is the topic that it stands in, where messages of several are shown.
export function bubble(message, words, actions, reactions = [], label = "") {
  const told = service(message, words);
  if (told) return el("div", { class: "day service", data: { id: message.message_id } }, el("span", { dir: "auto" }, told));
  const own = actions.isOwn(message);
  const other = !own && !message.from.is_bot;
  const parts = [forwarded(message, words), quote(message, words), media(message, words, actions), text(message, actions)];
  if (message.show_caption_above_media) [parts[2], parts[3]] = [parts[3], parts[2]];
  const who = (other || label) && el("div", { class: "who", dir: "auto" }, other && el("b", {}, fullName(message.from)), label && el("small", {}, label));
  const box = el("div", { class: `bubble${message.photo ? " with-photo" : ""}` }, who, parts, meta(message, own, words));
  const reply = iconButton("reply", words.say("reply"), () => actions.reply(message), { class: "reply flip" });
  return el(
    "article",
    { class: `message ${own ? "own" : message.from.is_bot ? "bot" : "bot other"}`, data: { id: message.message_id }, "aria-label": own ? undefined : other ? fullName(message.from) : words.say("bot") },
    el("div", { class: "line" }, other && avatar(message.from.id, fullName(message.from)), box, reply),
    reactions.length > 0 && el("div", { class: "reactions" }, reactions.map((reaction) => el("span", {}, reaction.emoji ?? "★"))),
    message.reply_markup && keyboard(message, words, actions),
  );
}

function forwarded({ forward_origin: origin }, words) {
  if (!origin) return null;
  const name = origin.sender_user_name ?? fullName(origin.sender_user);
  return el("div", { class: "forwarded", dir: "auto" }, words.say("forwarded", { name }));
}

function quote(message, words) {
  const quoted = message.reply_to_message;
  return quoted && !quoted.forum_topic_created && el("div", { class: "quote", dir: "auto" }, el("b", {}, quoted.from.first_name), el("span", {}, snippet(quoted, words)));
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
