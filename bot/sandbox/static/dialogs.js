// Dialogs and short notices; native dialogs keep the focus and close on Escape.

import { el, iconButton } from "/static/dom.js";

function show(dialog) {
  document.body.append(dialog);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.showModal();
  return dialog;
}

export function alertDialog(text, words) {
  const close = el("button", { class: "primary", autofocus: true, onclick: () => dialog.close() }, words.say("close"));
  const dialog = show(el("dialog", { class: "card", "aria-label": text }, el("p", { dir: "auto" }, text), el("div", { class: "actions" }, close)));
}

export function ask(question, detail, yes, words) {
  return new Promise((resolve) => {
    const answer = (value) => {
      resolve(value);
      dialog.close();
    };
    const dialog = show(
      el(
        "dialog",
        { class: "card", "aria-label": question },
        el("h2", {}, question),
        el("p", { dir: "auto" }, detail),
        el(
          "div",
          { class: "actions" },
          el("button", { onclick: () => answer(false) }, words.say("cancel")),
          el("button", { class: "primary", onclick: () => answer(true) }, yes),
        ),
      ),
    );
    dialog.addEventListener("close", () => resolve(false));
  });
}

export function lightbox(source, caption, words) {
  const image = el("img", { src: source, alt: caption ?? words.say("photo"), onclick: () => dialog.close() });
  const dialog = show(
    el(
      "dialog",
      { class: "lightbox", "aria-label": words.say("photo") },
      iconButton("close", words.say("close"), () => dialog.close(), { class: "lightbox-close" }),
      image,
      caption && el("p", { dir: "auto" }, caption),
    ),
  );
}

export function toast(host, text) {
  const note = el("div", { class: "toast", role: "status", dir: "auto" }, text);
  host.append(note);
  setTimeout(() => note.classList.add("leaving"), 2600);
  setTimeout(() => note.remove(), 3000);
}

// A menu below or above its button; arrow keys move, Escape and a click elsewhere close it.
export function popMenu(button, items, upward = false) {
  const shown = button.parentElement.querySelector(".pop-menu");
  if (shown) return shown.dispatchEvent(new Event("closemenu"));
  const menu = el("div", { class: `pop-menu${upward ? " upward" : ""}`, role: "menu" });
  const close = () => {
    menu.remove();
    document.removeEventListener("pointerdown", outside, true);
    button.setAttribute("aria-expanded", "false");
  };
  const outside = (event) => !menu.contains(event.target) && !button.contains(event.target) && close();
  const choices = items.map(([label, act]) =>
    el("button", { type: "button", role: "menuitem", onclick: () => (close(), button.focus(), act()) }, label),
  );
  menu.append(...choices);
  menu.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = choices.indexOf(document.activeElement) + step;
      choices[(next + choices.length) % choices.length].focus();
    }
    if (event.key === "Escape") (event.stopPropagation(), close(), button.focus());
  });
  menu.addEventListener("closemenu", close);
  button.after(menu);
  button.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", outside, true);
  choices[0]?.focus();
}
