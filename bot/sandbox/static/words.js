// The page's words by language; each language is fetched once.

import { get } from "/static/api.js";

const cache = new Map();

export async function wordsFor(language) {
  const key = language || "";
  if (!cache.has(key)) cache.set(key, get(`words?lang=${encodeURIComponent(key)}`).then((body) => new Words(body)));
  return cache.get(key);
}

class Words {
  constructor(body) {
    this.language = body.language;
    this.rtl = body.rtl;
    this.languages = body.languages;
    this.words = body.words;
    this.hour = new Intl.DateTimeFormat(body.language, { hour: "numeric", minute: "2-digit" });
    this.dayFormat = new Intl.DateTimeFormat(body.language, { day: "numeric", month: "long" });
    this.names = new Intl.DisplayNames(body.language, { type: "language" });
    this.near = new Intl.RelativeTimeFormat(body.language, { numeric: "auto" });
  }

  say(key, places = {}) {
    return this.words[key].replace(/\{(\w+)\}/g, (whole, name) => places[name] ?? whole);
  }

  // A language as it stands in a narrow list: its code first, then its own name.
  languageChoices(spoken) {
    const known = this.languages.map(({ code, name }) => [code, `${code.slice(0, 2).toUpperCase()}\u2003\u2003\u2003${name}`]);
    if (!known.some(([code]) => code === spoken)) known.unshift([spoken, spoken ? `${spoken.slice(0, 2).toUpperCase()}\u2003\u2003\u2003${this.names.of(spoken)}` : "–"]);
    return known;
  }

  time(seconds) {
    return this.hour.format(new Date(seconds * 1000));
  }

  day(seconds) {
    const date = new Date(seconds * 1000);
    const midnight = (value) => new Date(value.getFullYear(), value.getMonth(), value.getDate());
    const days = Math.round((midnight(date) - midnight(new Date())) / 86400000);
    const text = days > -2 ? this.near.format(days, "day") : this.dayFormat.format(date);
    return text.charAt(0).toLocaleUpperCase(this.language) + text.slice(1);
  }
}
