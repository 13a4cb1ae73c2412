// The lower end of a chat: field, commands, attachments, and the bot's own keyboard.

import { el, icon, iconButton } from "/static/dom.js";
import { popMenu } from "/static/dialogs.js";
import { snippet } from "/static/media.js";

export class Composer {
  // `acts`: say, answer, start, unblock, key, files, large, ownContact, foreignContact; a group has none of the last three
  constructor(words, acts) {
    this.words = words;
    this.acts = acts;
    this.commands = [];
    this.keyboard = null;
    this.keysShown = true;
    this.field = el("textarea", { rows: "1", dir: "auto", enterkeyhint: "send" });
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.pressed(event));
    this.suggestions = el("div", { class: "suggestions", role: "listbox", hidden: true });
    this.keys = el("div", { class: "keys", hidden: true });
    this.file = el("input", { type: "file", hidden: true });
    this.kind = "photo"; // of the files that are picked next
    this.file.addEventListener("change", () => this.picked());
    this.answered = el("div", { class: "answered", hidden: true });
    this.bar = el("div", { class: "composer-bar" });
    this.root = el("footer", { class: "composer" }, this.suggestions, this.answered, this.bar, this.keys, this.file);
  }

  dress(words) {
    this.words = words;
    const say = (key) => words.say(key);
    const attach = iconButton("attach", say("attach"), () => this.attachMenu(attach), { "aria-haspopup": "menu" });
    this.menuButton = iconButton("menu", say("menu"), () => this.toggleCommands(), { class: "menu-button" });
    this.keysButton = iconButton("keyboard", say("keyboard"), () => this.toggleKeys());
    this.sendButton = iconButton("send", say("send"), () => this.send(), { class: "send" });
    this.tools = [this.menuButton, el("span", { class: "anchor" }, attach), this.field, this.keysButton, this.sendButton];
    this.showKeyboard(this.keyboard);
    this.typed();
  }

  // The bar fits the state: a start button, an unblock button, or the field.
  fit({ started, blocked }) {
    this.root.classList.toggle("big-button", blocked || !started);
    if (blocked) this.bar.replaceChildren(bigButton(this.words.say("unblock"), this.acts.unblock));
    else if (!started) this.bar.replaceChildren(bigButton(this.words.say("start"), this.acts.start));
    else if (!this.bar.contains(this.field) || !this.bar.contains(this.sendButton)) this.bar.replaceChildren(...this.tools);
    this.ready = started && !blocked;
    this.showKeyboard(this.keyboard);
  }

  focus() {
    if (this.ready && matchMedia("(hover: hover)").matches) this.field.focus();
  }

  // -- writing

  typed() {
    const { field } = this;
    field.style.height = "auto";
    field.style.height = `${Math.min(field.scrollHeight, 140)}px`;
    this.sendButton?.classList.toggle("armed", field.value.trim() !== "");
    this.suggest(/^\/\w*$/.test(field.value) ? field.value.slice(1) : null);
  }

  pressed(event) {
    const choices = [...this.suggestions.children];
    const at = choices.findIndex((choice) => choice.getAttribute("aria-selected") === "true");
    if (event.key === "Escape") this.suggest(null);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step && choices.length) {
      event.preventDefault();
      choices[at]?.setAttribute("aria-selected", "false");
      const next = choices[(at + step + choices.length) % choices.length];
      next.setAttribute("aria-selected", "true");
      next.scrollIntoView({ block: "nearest" });
    }
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      if (at >= 0) choices[at].click();
      else this.send();
    }
  }

  send() {
    const text = this.field.value.trim();
    if (!text) return;
    this.acts.say(text);
    this.field.value = "";
    this.typed();
  }

  // What the next words answer stands above the field until they are sent.
  answering(message) {
    this.answered.hidden = !message;
    if (!message) return this.answered.replaceChildren();
    const drop = iconButton("close", this.words.say("no_reply"), () => this.acts.answer(null));
    const told = el("span", { class: "quote", dir: "auto" }, el("b", {}, message.from.first_name), el("span", {}, snippet(message, this.words)));
    this.answered.replaceChildren(icon("reply"), told, drop);
    return this.focus();
  }

  // -- commands

  showCommands(commands) {
    this.commands = commands;
    if (this.menuButton) this.menuButton.hidden = commands.length === 0;
  }

  toggleCommands() {
    this.suggest(this.suggestions.hidden ? "" : null);
    this.field.focus();
  }

  suggest(beginning) {
    const found = beginning === null ? [] : this.commands.filter(({ command }) => command.startsWith(beginning));
    this.suggestions.hidden = found.length === 0;
    this.suggestions.setAttribute("aria-label", this.words.say("menu"));
    this.suggestions.replaceChildren(
      ...found.map(({ command, description }) => {
        const act = () => {
          this.field.value = "";
          this.typed();
          this.acts.say(`/${command}`);
        };
        return el("button", { type: "button", role: "option", "aria-selected": "false", onclick: act }, el("b", { dir: "ltr" }, `/${command}`), el("span", { dir: "auto" }, description));
      }),
    );
  }

  // -- attachments

  attachMenu(button) {
    const { words, acts } = this;
    const files = ["photo", "document", "voice"].map((kind) => [words.say(`attach_${kind}`), () => this.pick(kind)]);
    const more = [["attach_large", acts.large], ["own_contact", acts.ownContact], ["foreign_contact", acts.foreignContact]];
    popMenu(button, [...files, ...more.filter(([, act]) => act).map(([key, act]) => [words.say(key), act])], true);
  }

  pick(kind) {
    this.kind = kind;
    this.file.accept = { photo: "image/*", voice: "audio/*" }[kind] ?? "";
    this.file.multiple = kind !== "voice";
    this.file.click();
  }

  // Several pictures or documents become one album, of ten at most.
  picked() {
    const files = [...this.file.files].slice(0, 10);
    const caption = this.field.value.trim();
    if (files.length) this.acts.files(this.kind, files, caption);
    if (files.length && caption) this.field.value = "";
    this.file.value = "";
    this.typed();
  }

  // -- the bot's keyboard

  showKeyboard(keyboard) {
    this.keyboard = keyboard;
    const rows = keyboard?.keyboard ?? [];
    this.field.placeholder = keyboard?.input_field_placeholder ?? this.words.say("message");
    this.field.setAttribute("aria-label", this.words.say("message"));
    if (this.keysButton) this.keysButton.hidden = rows.length === 0;
    this.keys.hidden = rows.length === 0 || !this.keysShown || !this.ready;
    this.keys.replaceChildren(...rows.map((row) => el("div", { class: "row" }, row.map((key) => this.key(key)))));
  }

  key(key) {
    const label = [key.request_contact && icon("phone"), el("span", { dir: "auto" }, key.text)];
    return el("button", { type: "button", onclick: () => this.acts.key(key) }, label);
  }

  toggleKeys() {
    this.keysShown = !this.keysShown;
    this.showKeyboard(this.keyboard);
  }
}

function bigButton(label, onclick) {
  return el("button", { type: "button", class: "start-button", onclick }, label);
}
