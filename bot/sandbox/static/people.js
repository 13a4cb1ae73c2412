// The list of people at the left.

import { avatar, el, fullName, icon, iconButton } from "/static/dom.js";
import { snippet } from "/static/media.js";

export class People {
  constructor(root, { open, stranger, theme, language }) {
    this.root = root;
    this.acts = { open, stranger, theme, language };
    this.all = [];
    this.openChats = new Set();
    this.unread = new Map();
    this.sought = "";
  }

  dress(words) {
    this.words = words;
    const search = el("input", { type: "search", placeholder: words.say("search"), "aria-label": words.say("search"), value: this.sought });
    search.addEventListener("input", () => {
      this.sought = search.value;
      this.draw();
    });
    const languages = el("select", { "aria-label": words.say("page_language"), title: words.say("page_language") });
    languages.append(...words.languages.map(({ code, name }) => el("option", { value: code, selected: code === words.language.toLowerCase() }, name)));
    languages.addEventListener("change", () => this.acts.language(languages.value));
    this.list = el("ul", { class: "people-list" });
    this.root.setAttribute("aria-label", words.say("pick"));
    this.root.replaceChildren(
      el(
        "header",
        { class: "brand" },
        el("img", { src: "/static/icon.svg", alt: "", width: "36", height: "36" }),
        el("h1", {}, words.say("title")),
        this.themeButton(),
      ),
      el("div", { class: "search" }, icon("search"), search),
      this.list,
      el("footer", {}, this.strangerButton(), languages),
    );
    this.draw();
  }

  themeButton() {
    const dark = document.documentElement.dataset.theme === "dark";
    return iconButton(dark ? "sun" : "moon", this.words.say(dark ? "to_light" : "to_dark"), this.acts.theme);
  }

  strangerButton() {
    const why = this.words.say("stranger_why");
    return el("button", { type: "button", class: "stranger", title: why, onclick: this.acts.stranger }, icon("plus"), this.words.say("stranger"));
  }

  show(people, groups) {
    const names = new Map(people.map((person) => [person.id, person.first_name]));
    const inside = ({ members }) => members.map((id) => names.get(id)).filter(Boolean).join(", ");
    this.all = [...groups.map((group) => ({ ...group, first_name: group.title, note: inside(group) })), ...people];
    this.draw();
  }

  said(chatId, message) {
    const person = this.all.find(({ id }) => id === chatId);
    if (!person) return false;
    person.last = message;
    if (message.from.is_bot && !this.openChats.has(chatId)) this.unread.set(chatId, (this.unread.get(chatId) ?? 0) + 1);
    this.draw();
    return true;
  }

  opened(chats) {
    this.openChats = new Set(chats);
    for (const chat of chats) this.unread.delete(chat);
    this.draw();
  }

  draw() {
    if (!this.list) return;
    const wanted = fold(this.sought);
    const found = this.all.filter((person) => fold(`${fullName(person)} ${person.note} ${person.username ?? ""}`).includes(wanted));
    const nobody = this.words.say(this.all.length ? "nobody_found" : "nobody_offered");
    const focused = this.list.contains(document.activeElement) ? document.activeElement.dataset.person : null;
    this.list.replaceChildren(...(found.length ? found.map((person) => this.line(person)) : [el("li", { class: "nobody" }, nobody)]));
    if (focused) this.list.querySelector(`[data-person="${focused}"]`)?.focus();
  }

  line(person) {
    const { last } = person;
    const unread = this.unread.get(person.id);
    const props = {
      type: "button",
      class: `person${this.openChats.has(person.id) ? " open" : ""}`,
      data: { person: person.id },
      "aria-pressed": String(this.openChats.has(person.id)),
      onclick: () => this.acts.open(person.id),
    };
    return el(
      "li",
      {},
      el(
        "button",
        props,
        person.id < 0 ? el("span", { class: `avatar group hue-${Math.abs(person.id) % 12}` }, icon("people")) : avatar(person.id, fullName(person)),
        el("span", { class: "person-name", dir: "auto" }, fullName(person)),
        last && el("time", {}, this.words.time(last.edit_date ?? last.date)),
        person.note && el("span", { class: "person-note", dir: "auto" }, person.note),
        last && el("span", { class: "person-last", dir: "auto" }, snippet(last, this.words)),
        unread && el("span", { class: "unread" }, String(unread)),
      ),
    );
  }
}

function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
