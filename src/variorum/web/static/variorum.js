// Only adds: every page works without this file. Keys, live updates, nothing else.
"use strict";
(() => {
  const all = (selector) => [...document.querySelectorAll(selector)];
  const one = (selector) => document.querySelector(selector);
  const reduced = matchMedia("(prefers-reduced-motion: reduce)").matches;
  // What is out of view there has no true height yet.
  const long = document.body.matches(".p-compare");
  const remembered = (name, value) => {
    try {
      if (value === undefined) return localStorage.getItem(name);
      localStorage.setItem(name, value);
    } catch { /* storage may be switched off; the keys then stay on */ }
    return null;
  };

  // Other words where the page speaks another language.
  const words = JSON.parse(document.currentScript?.dataset.words || "{}");
  const say = (text) => words[text] || text;

  // keys ------------------------------------------------------------------------------------
  const stops = () => {
    const changes = all(".text .ch, .text .row.gone .body, .text .mark");
    return changes.length ? changes : all(".change, .step, .claim, .group");
  };
  let at = -1;
  const go = (step) => {
    const places = stops();
    if (!places.length) return;
    if (at < 0) {
      const hash = location.hash && document.getElementById(location.hash.slice(1));
      at = hash ? places.indexOf(hash) : -1;
      if (at < 0 && step < 0) at = 0;
    }
    at = Math.min(Math.max(at + step, 0), places.length - 1);
    const place = places[at];
    const target = place.querySelector("h2 a, h3 a") || place;
    if (!target.matches("a, [tabindex]")) target.tabIndex = -1;
    place.scrollIntoView({ block: "center", behavior: reduced || long ? "auto" : "smooth" });
    target.focus({ preventScroll: true });
  };
  const follow = (rel) => {
    const link = one(`.stepper a[rel=${rel}], .paging a[rel=${rel}]`);
    if (link) location.assign(link.href);
  };
  const turn = () => {
    const views = all(".views a");
    if (!views.length) return;
    const here = views.findIndex((v) => v.hasAttribute("aria-current"));
    location.assign(views[(here + 1) % views.length].href + location.hash);
  };
  const KEYS = [
    ["j", "next change", () => go(1)],
    ["k", "previous change", () => go(-1)],
    ["ArrowLeft", "earlier step", () => follow("prev")],
    ["ArrowRight", "later step", () => follow("next")],
    ["v", "another view", turn],
    ["?", "this list", () => help()],
  ];
  const SHOWN = { ArrowLeft: "←", ArrowRight: "→" };
  let dialog = null;
  const element = (name, text, parent) => {
    const made = document.createElement(name);
    if (text) made.textContent = text;
    if (parent) parent.append(made);
    return made;
  };
  const help = () => {
    if (!dialog) {
      dialog = element("dialog", "", document.body);
      dialog.className = "keys";
      const title = element("h2", say("Keys"), dialog);
      title.id = "keys-title";
      dialog.setAttribute("aria-labelledby", "keys-title");
      const list = element("dl", "", dialog);
      for (const [key, name] of KEYS) {
        element("kbd", SHOWN[key] || key, element("dt", "", list));
        element("dd", say(name), list);
      }
      const row = element("p", "", dialog);
      row.className = "do";
      element("button", say("Close"), row).addEventListener("click", () => dialog.close());
      const off = element("button", "", row);
      const label = () => {
        const still = remembered("variorum-keys") === "off";
        off.textContent = say(still ? "Turn keys on" : "Turn keys off");
      };
      off.addEventListener("click", () => {
        remembered("variorum-keys", remembered("variorum-keys") === "off" ? "on" : "off");
        label();
      });
      label();
    }
    if (dialog.open) dialog.close();
    else dialog.showModal();
  };
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    if (event.target.closest("input, textarea, select, [contenteditable]")) return;
    if (dialog && dialog.open && event.key !== "?") return;
    const found = KEYS.find(([key]) => key === event.key);
    if (!found || (event.key !== "?" && remembered("variorum-keys") === "off")) return;
    event.preventDefault();
    found[2]();
  });

  // live ------------------------------------------------------------------------------------
  // New changes are counted, never inserted: nothing moves under what is being read.
  const live = one("[data-live]");
  // The filters in force go along, so that what is counted is what the link then shows.
  const filters = new URLSearchParams(location.search);
  if (live && "EventSource" in window && !filters.has("cursor")) {
    if (!filters.get("show")) filters.set("show", "meaningful");
    const link = live.querySelector("a");
    const title = document.title;
    let count = 0;
    let stream = null;
    let last = live.dataset.live;
    link.href = location.pathname + location.search;
    const open = () => {
      filters.set("after", last);
      stream = new EventSource(`/events?${filters}`);
      stream.addEventListener("change", (event) => {
        last = event.lastEventId || last;
        count += 1;
        link.textContent = say(count === 1 ? "1 new change" : "{n} new changes").replace("{n}", count);
        live.hidden = false;
        document.title = `(${count}) ${title}`;
      });
    };
    // A page in the background keeps no connection; it asks for what it missed when it is back.
    const mind = () => {
      if (document.hidden && stream) {
        stream.close();
        stream = null;
      } else if (!document.hidden && !stream) open();
    };
    document.addEventListener("visibilitychange", mind);
    addEventListener("pagehide", () => stream && stream.close());
    mind();
  }
})();
