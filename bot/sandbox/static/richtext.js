// A text with entities as nodes. Offsets count UTF-16 code units, as strings do here.

import { el } from "/static/dom.js";

const TAGS = {
  bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre",
  blockquote: "blockquote", expandable_blockquote: "blockquote",
};

export function richText(text, entities, actions) {
  const sorted = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return el("span", { class: "rich" }, ...range(text, sorted, 0, text.length, actions));
}

function range(text, entities, start, end, actions) {
  const nodes = [];
  let at = start;
  for (let index = 0; index < entities.length; index += 1) {
    const entity = entities[index];
    if (entity.offset < at || entity.offset >= end) continue;
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset > at) nodes.push(text.slice(at, entity.offset));
    const inner = range(text, entities.slice(index + 1), entity.offset, stop, actions);
    nodes.push(marked(entity, text.slice(entity.offset, stop), inner, actions));
    at = stop;
  }
  if (at < end) nodes.push(text.slice(at, end));
  return nodes;
}

function marked(entity, plain, inner, actions) {
  switch (entity.type) {
    case "spoiler": {
      const reveal = (event) => event.currentTarget.classList.add("seen");
      return el("span", { class: "spoiler", tabindex: "0", role: "button", onclick: reveal, onkeydown: reveal }, inner);
    }
    case "text_link":
      return link(entity.url, inner, actions);
    case "url":
      return link(/^[a-z]+:\/\//i.test(plain) ? plain : `https://${plain}`, inner, actions);
    case "email":
      return el("a", { href: `mailto:${plain}` }, inner);
    case "bot_command":
      return el("button", { type: "button", class: "command-link", onclick: () => actions.say(plain) }, inner);
    case "mention":
    case "hashtag":
      return el("span", { class: "mention" }, inner);
    default:
      return TAGS[entity.type] ? el(TAGS[entity.type], {}, inner) : el("span", {}, inner);
  }
}

function link(url, inner, actions) {
  const safe = /^(https?|tg|mailto):/i.test(url) ? url : "about:blank";
  const onclick = (event) => {
    if (actions.opened(url)) event.preventDefault();
  };
  return el("a", { href: safe, target: "_blank", rel: "noopener noreferrer", onclick }, inner);
}
