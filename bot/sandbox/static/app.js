// The page: the list of people, up to three chats side by side, and the stream of events.

import { get, listen, post } from "/static/api.js";
import { Column } from "/static/column.js";
import { el, icon } from "/static/dom.js";
import { GroupColumn } from "/static/group.js";
import { People } from "/static/people.js";
import { wordsFor } from "/static/words.js";

const COLUMN_PIXELS = 380;
const PHONE = matchMedia("(max-width: 719px)");
const banner = document.getElementById("banner");
const main = document.getElementById("columns");
const columns = [];
let words;

const shell = {
  close: (column) => close(column),
  back: () => showList(true),
  people: () => people.all,
};

const people = new People(document.getElementById("people"), {
  open: (id) => open(id),
  stranger: () => stranger(),
  theme: () => setTheme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"),
  language: (code) => dress(code),
});

// -- colours and language

function setTheme(theme) {
  document.documentElement.dataset.theme = theme;
  localStorage.setItem("theme", theme);
  if (words) people.dress(words);
}

async function dress(language) {
  words = await wordsFor(language);
  localStorage.setItem("language", language);
  document.documentElement.lang = words.language;
  document.documentElement.dir = words.rtl ? "rtl" : "ltr";
  document.title = words.say("title");
  people.dress(words);
  drawEmpty();
}

function drawEmpty() {
  main.querySelector(".empty")?.remove();
  if (columns.length) return;
  main.append(
    el(
      "div",
      { class: "empty" },
      el("img", { src: "/static/icon.svg", alt: "", width: "88", height: "88" }),
      el("h2", {}, words.say("pick")),
      el("p", {}, words.say("pick_why")),
      el("p", {}, words.say("pick_more")),
      el("p", { class: "quiet" }, words.say("nothing_leaves")),
    ),
  );
}

// -- chats

function room() {
  return PHONE.matches ? 1 : Math.max(1, Math.min(3, Math.floor(main.clientWidth / COLUMN_PIXELS)));
}

async function open(id) {
  const shown = columns.find((column) => column.id === id);
  if (shown) {
    showList(false);
    shown.composer.focus();
    return;
  }
  const column = new (id < 0 ? GroupColumn : Column)(id, shell);
  if (id > 0) await post("users", { id });
  columns.push(column); // events are kept from now on
  await column.load();
  while (columns.length > room()) columns.shift().root.remove();
  main.append(column.root);
  column.log?.toEnd();
  changed();
  showList(false);
  column.composer?.focus();
}

function close(column) {
  column.root.remove();
  columns.splice(columns.indexOf(column), 1);
  changed();
  (columns.at(-1)?.root ?? document.querySelector(".person"))?.focus();
}

function changed() {
  const ids = columns.map(({ id }) => id);
  sessionStorage.setItem("open", JSON.stringify(ids));
  people.opened(ids);
  drawEmpty();
}

function showList(yes) {
  document.body.classList.toggle("in-chat", !yes);
  if (yes && PHONE.matches) document.querySelector(".person")?.focus();
}

async function stranger() {
  const id = 5_900_000_000 + Math.floor(Math.random() * 99_999_999);
  const phone = `+1555${String(id).slice(-7)}`;
  await post("users", { id, first_name: words.say("guest"), last_name: String(id).slice(-3), language_code: words.language.toLowerCase(), phone });
  await reloadPeople();
  await open(id);
}

// -- events

function event(event) {
  if (event.kind === "message" && !people.said(event.chat_id, event.message)) reloadPeople();
  if (event.kind === "person" && !people.all.some(({ id }) => id === event.chat_id)) reloadPeople();
  columns.forEach((column) => column.event(event));
}

async function reloadPeople() {
  const [everybody, groups] = await Promise.all([get("people"), get("groups")]);
  people.show(everybody, groups);
}

function lost() {
  banner.hidden = false;
  banner.replaceChildren(icon("link"), words?.say("lost") ?? "…");
}

async function back() {
  banner.hidden = true;
  await reloadPeople();
  await Promise.all(columns.map((column) => column.load().catch(() => close(column))));
}

async function boot() {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  document.documentElement.dataset.theme = localStorage.getItem("theme") ?? (dark ? "dark" : "light");
  const asked = new URLSearchParams(location.search).get("lang");
  await dress(asked ?? localStorage.getItem("language") ?? navigator.language);
  listen({ event, lost, back });
  await reloadPeople();
  const kept = JSON.parse(sessionStorage.getItem("open") ?? "[]");
  for (const id of kept.slice(-room())) if (people.all.some((person) => person.id === id)) await open(id);
  document.documentElement.dataset.ready = "yes";
}

addEventListener("keydown", (event) => {
  if (event.key === "Escape" && PHONE.matches && document.body.classList.contains("in-chat")) showList(true);
});
boot();
