// One chat: header, messages, composer. It shows what the sandbox says and asks it for every act.

import { get, post, sendFiles } from "/static/api.js";
import { Composer } from "/static/composer.js";
import { alertDialog, ask, lightbox, popMenu, toast } from "/static/dialogs.js";
import { avatar, el, fullName, icon, iconButton } from "/static/dom.js";
import { Happenings } from "/static/happenings.js";
import { Log } from "/static/log.js";
import { wordsFor } from "/static/words.js";

const LARGE_BYTES = 31_457_280; // more than a bot may fetch; only the number is sent

export class Column extends Happenings {
  // `shell`: close(column), back(), people() for somebody else's number
  constructor(chatId, shell) {
    super();
    this.id = chatId;
    this.shell = shell;
    this.early = [];
    this.root = el("section", { class: "column", data: { chat: chatId }, tabindex: "-1" });
  }

  async load() {
    this.view = null; // events that come meanwhile wait in `early`
    const turn = (this.turn = (this.turn ?? 0) + 1);
    const view = await get(`chats/${this.id}`);
    const words = await wordsFor(this.language(view));
    if (turn !== this.turn) return; // a later load overtook this one
    this.words = words;
    this.view = view;
    this.build();
    const waiting = this.early.filter((event) => event.seq > view.seq);
    this.early = [];
    waiting.forEach((event) => this.event(event));
  }

  build() {
    const { view, words } = this;
    const draft = this.composer?.field.value ?? "";
    this.log = new Log(words, this.actions());
    this.answered = null;
    this.composer = new Composer(words, this.composing());
    this.composer.dress(words);
    this.root.lang = words.language;
    this.root.dir = words.rtl ? "rtl" : "ltr";
    this.root.setAttribute("aria-label", words.say("as_person", { name: this.actor() }));
    this.toasts = el("div", { class: "toasts", "aria-live": "polite" });
    this.pin = el("div", { class: "pin", hidden: true });
    this.root.replaceChildren(this.header(), this.pin, this.threads(), this.log.root, this.toasts, this.composer.root);
    this.log.fill(view.messages, view.reactions, this.welcome());
    this.composer.showCommands(view.commands);
    this.composer.keyboard = view.keyboard;
    this.composer.fit(view);
    this.composer.field.value = draft;
    this.showPin();
  }

  // -- what a group has otherwise: see `GroupColumn`

  language(view) {
    return view.user.language_code;
  }

  actor() {
    return fullName(this.view.user);
  }

  title() {
    return this.view.bot.first_name;
  }

  faces() {
    const own = avatar(this.id, this.actor());
    return el("span", { class: "faces" }, el("img", { class: "avatar", src: "/static/icon.svg", alt: "", width: "40", height: "40" }), own);
  }

  choice() {
    const { words } = this;
    const languages = el("select", { "aria-label": words.say("person_language"), title: words.say("person_language") });
    const spoken = this.view.user.language_code;
    languages.append(...words.languageChoices(spoken).map(([code, name]) => el("option", { value: code, selected: code === spoken }, name)));
    languages.addEventListener("change", () => this.speak(languages.value));
    return languages;
  }

  threads() {
    return "";
  }

  // How what is said next is said: what it answers; in a group also who says it, and where.
  manner() {
    return this.answered ? { reply_to: this.answered.message_id } : {};
  }

  // -- the parts of a chat

  header() {
    const { words } = this;
    this.status = el("span", { class: "status", dir: "auto" }, this.resting());
    const more = iconButton("more", words.say("more"), () => this.moreMenu(more), { "aria-haspopup": "menu" });
    return el(
      "header",
      { class: "chat-header" },
      iconButton("back", words.say("back"), () => this.shell.back(), { class: "only-phone flip" }),
      this.faces(),
      el("div", { class: "chat-title", title: words.say("as_person", { name: this.actor() }) }, el("h2", { dir: "auto" }, this.title()), this.status),
      this.choice(),
      el("span", { class: "anchor" }, more),
      iconButton("close", words.say("close_chat"), () => this.shell.close(this), { class: "not-phone" }),
    );
  }

  resting() {
    return this.actor();
  }

  welcome() {
    const { view, words } = this;
    const text = view.bot.description || view.bot.short_description;
    const link = this.personalLink();
    return el(
      "div",
      { class: "welcome" },
      el("img", { src: "/static/icon.svg", alt: "", width: "64", height: "64" }),
      el("h3", {}, words.say("what_can")),
      text && el("p", { dir: "auto" }, text),
      link && el("button", { type: "button", class: "link-button", onclick: () => this.begin(link) }, icon("link"), words.say("use_link")),
    );
  }

  personalLink() {
    return this.shell.people().find(({ id }) => id === this.id)?.start ?? null;
  }

  moreMenu(button) {
    const { words, view } = this;
    const link = this.personalLink();
    const items = [];
    if (link) items.push([words.say("use_link"), () => this.begin(link)]);
    if (view.blocked) items.push([words.say("unblock"), () => this.act("unblock")]);
    else items.push([words.say("block"), () => this.act("block")]);
    popMenu(button, items);
  }

  // -- what the person does

  async act(path, body = {}) {
    try {
      return await post(`chats/${this.id}/${path}`, body);
    } catch {
      toast(this.toasts, this.words.say("failed"));
      return null;
    }
  }

  begin(payload = "") {
    return this.act("start", { payload });
  }

  async speak(language) {
    this.view = null; // what follows from the change itself is in the fresh view already
    await post("users", { id: this.id, language_code: language }).catch(() => null);
    await this.load();
    this.root.querySelector(".chat-header select").focus();
  }

  actions() {
    return {
      say: (text) => this.say(text),
      reply: (message) => this.answer(message),
      isOwn: (message) => this.isOwn(message),
      tap: (message, data, button) => this.tap(message, data, button),
      enlarge: (source, caption) => lightbox(source, caption, this.words),
      copy: async (text) => {
        await navigator.clipboard?.writeText(text).catch(() => null);
        toast(this.toasts, this.words.say("copied"));
      },
      unavailable: () => alertDialog(this.words.say("no_app"), this.words),
      opened: (url) => this.openedHere(url),
    };
  }

  // A link to this very bot is opened in this chat.
  openedHere(url) {
    const found = /^(?:https:\/\/t\.me\/|tg:\/\/resolve\?domain=)(\w+)(?:[?&]start=([\w-]*))?$/.exec(url);
    if (!found || found[1].toLowerCase() !== this.view.bot.username.toLowerCase()) return false;
    this.begin(found[2] ?? "");
    return true;
  }

  async tap(message, data, button) {
    button.classList.add("waiting");
    button.setAttribute("aria-busy", "true");
    try {
      await post(`chats/${this.id}/tap`, { ...this.manner(), message_id: message, data });
    } catch {
      button.classList.remove("waiting");
      toast(this.toasts, this.words.say("gone"));
    }
  }

  composing() {
    return {
      say: (text) => this.say(text),
      answer: (message) => this.answer(message),
      start: () => this.begin(),
      unblock: () => this.act("unblock"),
      key: (key) => (key.request_contact ? this.shareOwn(() => this.act("key", { text: key.text })) : this.act("key", { text: key.text })),
      files: (kind, files, caption) => this.sendFiles(kind, files, caption),
      large: () => this.act("large", { ...this.manner(), kind: "document", name: "video.mov", size: LARGE_BYTES }),
      ownContact: () => this.shareOwn(() => this.act("contact")),
      foreignContact: () => this.shareForeign(),
    };
  }

  isOwn(message) {
    return !message.from.is_bot;
  }

  say(text) {
    const manner = this.manner();
    this.answer(null);
    return this.act("text", { ...manner, text });
  }

  // The message that is answered next, or none.
  answer(message) {
    this.answered = message;
    this.composer.answering(message);
  }

  async sendFiles(kind, files, caption) {
    const manner = this.manner();
    this.answer(null);
    await sendFiles(this.id, kind, files, caption, manner).catch(() => toast(this.toasts, this.words.say("failed")));
  }

  async shareOwn(share) {
    const { words, view } = this;
    const phone = view.user.phone;
    if (!phone) return toast(this.toasts, words.say("failed"));
    const agreed = await ask(words.say("share_question"), words.say("share_what", { phone: `\u2066${phone}\u2069` }), words.say("share"), words);
    return agreed ? share() : null;
  }

  shareForeign() {
    const other = this.shell.people().find(({ id, phone }) => id !== this.id && phone);
    if (!other) return toast(this.toasts, this.words.say("failed"));
    return this.act("contact", { phone_number: other.phone, first_name: other.first_name, last_name: other.last_name, user_id: other.id });
  }
}
