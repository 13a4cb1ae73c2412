// The messages of one chat, in order, with the days between them.

import { el, iconButton } from "/static/dom.js";
import { snippet } from "/static/media.js";
import { bubble, markRead } from "/static/message.js";

const NEAR_END = 120; // pixels from the end within which new messages are followed
const DAY_STAYS = 1200; // milliseconds after the last scroll for which a day stays on top of the messages

export class Log {
  constructor(words, actions) {
    this.words = words;
    this.actions = actions;
    this.messages = new Map();
    this.reactions = new Map();
    this.missed = 0;
    this.shows = () => true; // which messages are seen: in a forum those of one topic
    this.label = () => ""; // the topic of a message, where it is to be told
    this.list = el("div", { class: "messages", role: "log", "aria-live": "polite", tabindex: "0", "aria-label": words.say("bot") });
    this.newest = iconButton("down", words.say("newest"), () => this.toEnd(true), { class: "newest", hidden: true });
    this.root = el("div", { class: "log" }, this.list, this.newest);
    this.list.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.list.addEventListener("scroll", () => this.showDay(), { passive: true });
    new ResizeObserver(() => this.resized()).observe(this.list);
    this.following = true;
  }

  fill(messages, reactions, welcome) {
    for (const [id, list] of Object.entries(reactions)) this.reactions.set(Number(id), list);
    this.intro = welcome;
    this.list.append(welcome);
    messages.forEach((message) => this.add(message));
    const lastOfBot = messages.findLastIndex((message) => message.from.is_bot);
    messages.slice(0, Math.max(lastOfBot, 0)).forEach(({ message_id: id }) => this.node(id) && markRead(this.node(id), this.words));
    this.toEnd();
  }

  welcome(node) {
    this.intro.replaceWith(node);
    this.intro = node;
    node.hidden = this.messages.size > 0;
  }

  add(message) {
    this.intro.hidden = true;
    const day = this.words.day(message.date);
    if (day !== this.lastDay) this.list.append(el("div", { class: "day" }, el("span", {}, day)));
    this.lastDay = day;
    this.messages.set(message.message_id, message);
    const node = this.draw(message);
    this.list.append(node);
    this.followed(message, node);
  }

  followed(message, node) {
    const image = node.querySelector("img");
    if (image && !image.complete) image.addEventListener("load", () => this.following && this.toEnd());
    if (this.following || !message.from.is_bot) this.toEnd();
    else this.showMissed(this.missed + 1);
  }

  draw(message) {
    const node = bubble(message, this.words, this.actions, this.reactions.get(message.message_id), this.label(message));
    node.hidden = !this.shows(message);
    return node;
  }

  // Every message anew, for other rules of `shows` and `label`.
  redraw() {
    for (const [id, message] of this.messages) this.node(id)?.replaceWith(this.draw(message));
    this.toEnd();
  }

  node(id) {
    return this.list.querySelector(`[data-id="${id}"]`);
  }

  has(id) {
    return this.messages.has(id);
  }

  snippet(id) {
    return snippet(this.messages.get(id), this.words);
  }

  replace(message) {
    const old = this.node(message.message_id);
    if (!old) return;
    this.messages.set(message.message_id, message);
    const fresh = this.draw(message);
    const focused = focusedButton(old);
    const swap = () => {
      const read = old.querySelector(".ticks.read");
      old.replaceWith(fresh);
      fresh.classList.add("changed");
      if (read) markRead(fresh, this.words);
      if (focused >= 0) (fresh.querySelectorAll(".inline-button")[focused] ?? this.list).focus({ preventScroll: true });
      if (this.following) this.toEnd();
    };
    const image = fresh.querySelector("img");
    if (image) image.decode().then(swap, swap); // the old picture stays until the new one can be shown
    else swap();
  }

  remove(id) {
    this.messages.delete(id);
    this.node(id)?.remove();
  }

  react(id, reactions) {
    this.reactions.set(id, reactions);
    const message = this.messages.get(id);
    if (message) this.node(id)?.replaceWith(this.draw(message));
  }

  tapped(id) {
    this.node(id)?.querySelectorAll(".waiting").forEach((button) => {
      button.classList.remove("waiting");
      button.removeAttribute("aria-busy");
    });
  }

  allRead() {
    this.list.querySelectorAll(".message.own").forEach((node) => markRead(node, this.words));
  }

  goTo(id) {
    const node = this.node(id);
    node?.scrollIntoView({ block: "center", behavior: "smooth" });
    node?.classList.add("changed");
  }

  toEnd(smooth = false) {
    this.list.scrollTo({ top: this.list.scrollHeight, behavior: smooth ? "smooth" : "instant" });
    this.showMissed(0);
  }

  // A new width makes the texts longer or shorter; who was at the end stays there.
  resized() {
    this.size = `${this.list.clientWidth}×${this.list.clientHeight}`;
    if (this.following) this.toEnd();
  }

  scrolled() {
    if (this.size !== `${this.list.clientWidth}×${this.list.clientHeight}`) return; // the scroll is the resize's doing
    this.following = this.list.scrollHeight - this.list.scrollTop - this.list.clientHeight < NEAR_END;
    this.newest.hidden = this.following;
    if (this.following) this.showMissed(0);
  }

  // A day that would cover messages is shown while one looks for a place only.
  showDay() {
    this.list.querySelectorAll(".day").forEach((day) => {
      const next = day.nextElementSibling;
      day.classList.toggle("floating", Boolean(next) && next.offsetTop < day.offsetTop + day.offsetHeight);
    });
    this.list.classList.add("scrolling");
    clearTimeout(this.stopping);
    this.stopping = setTimeout(() => this.list.classList.remove("scrolling"), DAY_STAYS);
  }

  showMissed(count) {
    this.missed = count;
    this.newest.dataset.count = count || "";
  }
}

function focusedButton(node) {
  return [...node.querySelectorAll(".inline-button")].indexOf(document.activeElement);
}
