// Small helpers to build the page; nothing is ever put in as HTML, so names and texts cannot break it.

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name in node && name !== "list" && typeof value !== "string") node[name] = value;
    else node.setAttribute(name, value === true ? "" : value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

const PATHS = {
  back: "M15 5l-7 7 7 7",
  close: "M6 6l12 12M18 6L6 18",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  send: "M4 12l16-8-6 16-3-6.5z",
  attach: "M20 11l-8.5 8.5a5 5 0 0 1-7-7L13 4a3.4 3.4 0 0 1 5 5l-8.6 8.5a1.7 1.7 0 0 1-2.4-2.4L14.500 7.500",
  menu: "M4 7h16M4 12h16M4 17h10",
  keyboard: "M3 7h18v11H3zM7 11v.01M11 11v.01M15 11v.01M18 11v.01M8 15h8",
  down: "M6 9l6 6 6-6",
  sun: "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8zM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.500 1.500M17.500 17.500L19 19M5 19l1.500-1.500M17.500 6.500L19 5",
  moon: "M20 14.500A8.500 8.500 0 0 1 9.500 4a8.500 8.500 0 1 0 10.500 10.500z",
  tick: "M4 12.500l4.500 4.500L18 7.500",
  ticks: "M1.500 12.500L6 17l9.500-9.500M10.500 15.500L12 17l9.500-9.500",
  file: "M6 3h8l5 5v13H6zM14 3v5h5",
  phone: "M6 3h4l1.500 5L9 10c1 2.500 2.500 4 5 5l2-2.500 5 1.500v4c0 1.500-1 2.500-2.500 2.500C10 20 4 14 3.500 5.500 3.500 4 4.500 3 6 3z",
  out: "M8 16L17 7M9.500 7H17v7.500",
  copy: "M9 9h11v11H9zM5 15H4V4h11v1",
  pin: "M9 4h6l-1 6 4 4H6l4-4zM12 14v7",
  plus: "M12 5v14M5 12h14",
  search: "M10.500 4a6.500 6.500 0 1 0 0 13 6.500 6.500 0 0 0 0-13zM15.500 15.500L20 20",
  reply: "M10 6l-6 6 6 6M4 12h9c4 0 7 2 7 6",
  people: "M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 11a3 3 0 1 0-1.500-5.600M17 14c2.800.500 4.500 2.500 4.500 5.500",
  place: "M12 21s7-6 7-11a7 7 0 1 0-14 0c0 5 7 11 7 11zM12 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z",
  link: "M10 14a4 4 0 0 0 6 0l3-3a4 4 0 0 0-6-6l-1 1M14 10a4 4 0 0 0-6 0l-3 3a4 4 0 0 0 6 6l1-1",
};

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

export function iconButton(name, label, onclick, extra = {}) {
  const { class: more = "", ...rest } = extra;
  return el("button", { type: "button", class: `icon-button ${more}`, "aria-label": label, title: label, onclick, ...rest }, icon(name));
}

const HUES = 12;

export function avatar(id, name) {
  const letters = [...name.trim().split(/\s+/).slice(0, 2).map((part) => [...part][0] ?? "")].join("");
  return el("span", { class: `avatar hue-${Math.abs(id) % HUES}`, "aria-hidden": "true" }, letters.toUpperCase() || "•");
}

export function fullName(person) {
  return [person.first_name, person.last_name].filter(Boolean).join(" ");
}
