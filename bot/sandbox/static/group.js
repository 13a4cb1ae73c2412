// A group: one chooses as whom one acts in it, and in which of its topics.

import { post } from "/static/api.js";
import { Column } from "/static/column.js";
import { el, fullName, icon } from "/static/dom.js";
import { popMenu, toast } from "/static/dialogs.js";

const EVERYWHERE = "all";
const GENERAL = "general";

export class GroupColumn extends Column {
  constructor(chatId, shell) {
    super(chatId, shell);
    this.topic = EVERYWHERE;
    this.acting = Number(sessionStorage.getItem(`acting ${chatId}`)) || null;
  }

  // -- who acts

  member(view = this.view) {
    return view.members.find(({ id }) => id === this.acting) ?? view.members[0];
  }

  language(view) {
    return this.member(view)?.language_code;
  }

  actor() {
    const member = this.member();
    return member ? fullName(member) : "";
  }

  title() {
    return this.view.chat.title;
  }

  faces() {
    return el("span", { class: "faces" }, el("span", { class: `avatar group hue-${Math.abs(this.id) % 12}` }, icon("people")));
  }

  choice() {
    const label = this.words.say("acting");
    const members = el("select", { class: "acting", "aria-label": label, title: label });
    const chosen = this.member()?.id;
    members.append(...this.view.members.map((one) => el("option", { value: String(one.id), selected: one.id === chosen }, fullName(one))));
    members.addEventListener("change", () => this.actAs(Number(members.value)));
    return members;
  }

  async actAs(id) {
    this.acting = id;
    sessionStorage.setItem(`acting ${this.id}`, String(id));
    await this.load();
    this.root.querySelector(".acting")?.focus();
  }

  resting() {
    return this.view.members.map(({ first_name: name }) => name).join(", ");
  }

  manner() {
    const member = this.member();
    const topic = Number(this.topic) && !this.answered ? { topic: Number(this.topic) } : {};
    return { ...(member && { from: member.id }), ...topic, ...super.manner() };
  }

  isOwn(message) {
    return message.from.id === this.member()?.id;
  }

  composing() {
    const { start, unblock, key, ownContact, foreignContact, ...common } = super.composing();
    return { ...common, key: (pressed) => this.say(pressed.text), unblock: () => this.act("unblock", this.manner()) };
  }

  personalLink() {
    return null;
  }

  welcome() {
    const { words } = this;
    return el("div", { class: "welcome" }, icon("people"), el("h3", {}, this.title()), el("p", {}, words.say("group_empty")));
  }

  moreMenu(button) {
    const { words, view } = this;
    const act = view.blocked ? "unblock" : "block";
    popMenu(button, [[words.say(view.blocked ? "take_in" : "take_out"), () => post(`chats/${this.id}/${act}`, this.manner()).catch(() => toast(this.toasts, words.say("failed")))]]);
  }

  // -- topics

  threads() {
    const { words, view } = this;
    if (!view.topics.length) return "";
    const choices = [[EVERYWHERE, words.say("everything")], [GENERAL, words.say("general")], ...view.topics.map((one) => [String(one.message_thread_id), one.name])];
    const tab = ([key, name]) =>
      el("button", { type: "button", role: "tab", "aria-selected": String(key === this.topic), dir: "auto", onclick: () => this.show(key) }, name);
    this.log.shows = (message) => this.topic === EVERYWHERE || String(message.message_thread_id ?? GENERAL) === this.topic;
    this.log.label = (message) => this.topic === EVERYWHERE && view.topics.find((one) => one.message_thread_id === message.message_thread_id)?.name;
    this.tabs = el("div", { class: "topics", role: "tablist", "aria-label": words.say("topics") }, choices.map(tab));
    return this.tabs;
  }

  show(topic) {
    this.topic = topic;
    const at = document.activeElement?.getAttribute("role") === "tab";
    this.tabs.replaceWith(this.threads());
    if (at) this.tabs.querySelector('[aria-selected="true"]').focus();
    this.log.redraw();
  }

  on_topics() {
    this.load();
  }

  event(event) {
    if (event.kind === "person" && event.chat_id === this.id && this.view) this.load();
    else super.event(event);
  }
}
