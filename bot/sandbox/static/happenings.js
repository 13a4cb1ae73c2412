// What happens in a chat: the events of the sandbox, each shown where it belongs.

import { get } from "/static/api.js";
import { alertDialog, toast } from "/static/dialogs.js";
import { el, icon } from "/static/dom.js";

const ACTIONS = { upload_photo: "uploading_photo", upload_document: "uploading_file" };
const ACTION_MILLISECONDS = 5500;

// The half of a `Column` that hears; the other half acts.
export class Happenings {
  event(event) {
    if (!this.view) {
      this.early.push(event);
      return;
    }
    if (event.kind === "commands" || event.kind === "profile" || (event.kind === "person" && event.chat_id === this.id)) this.refresh();
    else if (event.chat_id === this.id) this[`on_${event.kind}`]?.(event);
  }

  async refresh() {
    const view = await get(`chats/${this.id}`);
    if (!this.view) return null; // it is being loaded anew anyway
    const changed = this.language(view) !== this.language(this.view);
    Object.assign(this.view, view);
    if (changed) return this.load();
    this.composer.showCommands(view.commands);
    this.composer.fit(view);
    this.root.querySelector(".chat-title h2").textContent = this.title();
    this.log.welcome(this.welcome());
    return null;
  }

  on_message({ message }) {
    if (this.answered && !this.log.has(this.answered.message_id)) this.answer(null);
    if (message.from.is_bot) this.rest();
    else if (!this.view.started) {
      this.view.started = true;
      this.composer.fit(this.view);
    }
    this.log.add(message);
    if (message.from.is_bot) this.log.allRead();
  }

  on_edit({ message }) {
    this.rest();
    this.log.replace(message);
    this.log.allRead();
  }

  on_delete({ message_id: id }) {
    this.log.remove(id);
  }

  on_reaction({ message_id: id, reactions }) {
    this.log.react(id, reactions);
  }

  on_keyboard({ keyboard }) {
    this.composer.keysShown = true;
    this.composer.showKeyboard(keyboard);
  }

  on_action({ action }) {
    const text = this.words.say(ACTIONS[action] ?? "typing");
    this.status.replaceChildren(el("span", { class: "doing" }, text, el("i", {}), el("i", {}), el("i", {})));
    this.log.allRead();
    clearTimeout(this.resting_timer);
    this.resting_timer = setTimeout(() => this.rest(), ACTION_MILLISECONDS);
  }

  rest() {
    clearTimeout(this.resting_timer);
    if (this.view) this.status.replaceChildren(this.resting());
  }

  on_answer({ message_id: id, text, alert, url }) {
    this.log.tapped(id);
    if (alert && text) alertDialog(text, this.words);
    else if (text) toast(this.toasts, text);
    if (url) this.openedHere(url);
  }

  on_pin({ pinned }) {
    this.view.pinned = pinned;
    this.showPin();
  }

  showPin() {
    const id = this.view.pinned.at(-1);
    this.pin.hidden = id === undefined || !this.log.has(id);
    if (this.pin.hidden) return;
    const go = el("button", { type: "button", onclick: () => this.log.goTo(id) }, icon("pin"), el("b", {}, this.words.say("pinned")), el("span", { dir: "auto" }, this.log.snippet(id)));
    this.pin.replaceChildren(go);
  }
}
