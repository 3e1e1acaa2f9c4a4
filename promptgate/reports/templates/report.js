"use strict";
// Shows the cases of the report. Every text from the data becomes a text node; the page's
// policy (trusted types) refuses anything else.
(() => {
  const $ = (id) => document.getElementById(id);
  const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;
  const ROW = 56, AROUND = 12, PRINTED = 500, CLIP = 12000, LONGEST_DIFF = 40000;

  /* ---- elements ---- */

  function el(name, options, ...children) {
    const node = document.createElement(name);
    for (const [key, value] of Object.entries(options || {})) {
      if (key === "class") node.className = value;
      else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
      else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value === true ? "" : value);
    }
    node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
    return node;
  }

  // A text in nodes: control characters and marks that reorder text become visible codes.
  function visible(text) {
    const nodes = [];
    let end = 0;
    const plain = text.replace(/\r\n/g, "\n");
    for (const found of plain.matchAll(CONTROL)) {
      if (found.index > end) nodes.push(plain.slice(end, found.index));
      const code = found[0].codePointAt(0).toString(16).toUpperCase().padStart(4, "0");
      nodes.push(el("span", { class: "control" }, code === "001B" ? "ESC" : "U+" + code));
      end = found.index + found[0].length;
    }
    if (end < plain.length) nodes.push(plain.slice(end));
    return nodes;
  }

  const score = (value) => (value === null || value === undefined ? "–" : value.toFixed(2));
  const signed = (value) => (value < 0 ? "−" : value > 0 ? "+" : "±") + Math.abs(value).toFixed(2);
  const milliseconds = (value) => (value >= 10000 ? Math.round(value / 1000) + " s" : value >= 1000 ? (value / 1000).toFixed(1) + " s" : Math.round(value) + " ms");
  const dollars = (value) => "$" + (value >= 0.01 ? value.toFixed(3) : value.toPrecision(2));

  /* ---- light and dark ---- */

  const root = document.documentElement;
  const kept = (() => { try { return window.localStorage; } catch { return null; } })();
  const isDark = () => (root.dataset.theme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";
  function theme(name) {
    if (name) root.dataset.theme = name;
    $("theme").textContent = isDark() ? "Light" : "Dark";
  }
  function turn() {
    theme(isDark() ? "light" : "dark");
    try { kept.setItem("promptgate-theme", root.dataset.theme); } catch { /* a file may have no storage */ }
  }
  let remembered = null;
  try { remembered = kept.getItem("promptgate-theme"); } catch { /* as above */ }
  theme(remembered === "dark" || remembered === "light" ? remembered : null);
  $("theme").addEventListener("click", turn);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => theme(null));

  /* ---- the difference of two sequences: Myers, within a limit of changes ---- */

  // Returns [[same, startA, endA, startB, endB], …], or null where more than `most` differ.
  function compare(a, b, most) {
    let head = 0, tail = 0;
    while (head < a.length && head < b.length && a[head] === b[head]) head++;
    while (tail < a.length - head && tail < b.length - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail++;
    const n = a.length - head - tail, m = b.length - head - tail;
    const limit = Math.min(n + m, most), shift = limit + 1;
    const furthest = new Int32Array(2 * limit + 3), trace = [];
    let reached = n + m === 0 ? 0 : -1;
    for (let d = 0; d <= limit && reached < 0; d++) {
      trace.push(furthest.slice(shift - d - 1, shift + d + 2));
      for (let k = -d; k <= d; k += 2) {
        let x = k === -d || (k !== d && furthest[shift + k - 1] < furthest[shift + k + 1]) ? furthest[shift + k + 1] : furthest[shift + k - 1] + 1;
        while (x < n && x - k < m && a[head + x] === b[head + x - k]) x++;
        furthest[shift + k] = x;
        if (x >= n && x - k >= m) { reached = d; break; }
      }
    }
    if (reached < 0) return null;
    const steps = [];
    let x = n, y = m;
    for (let d = reached; d > 0; d--) {
      const before = trace[d], k = x - y, at = (other) => before[other + d + 1];
      const from = k === -d || (k !== d && at(k - 1) < at(k + 1)) ? k + 1 : k - 1;
      const startX = at(from), startY = startX - from;
      const down = from === k + 1;
      const midX = down ? startX : startX + 1, midY = down ? startY + 1 : startY;
      if (x > midX) steps.push([true, midX, x, midY, y]);
      steps.push([false, startX, midX, startY, midY]);
      x = startX; y = startY;
    }
    if (x > 0) steps.push([true, 0, x, 0, y]);
    steps.reverse();
    const found = [];
    const add = (same, a0, a1, b0, b1) => {
      const last = found[found.length - 1];
      if (a0 === a1 && b0 === b1) return;
      if (last && last[0] === same) { last[2] = a1; last[4] = b1; } else found.push([same, a0, a1, b0, b1]);
    };
    add(true, 0, head, 0, head);
    for (const [same, a0, a1, b0, b1] of steps) add(same, a0 + head, a1 + head, b0 + head, b1 + head);
    add(true, a.length - tail, a.length, b.length - tail, b.length);
    return found;
  }

  const segmenter = typeof Intl.Segmenter === "function" ? new Intl.Segmenter(undefined, { granularity: "word" }) : null;
  function tokens(text) {
    if (segmenter && text.length <= CLIP && /[^\u0000-\u024f]/.test(text)) return Array.from(segmenter.segment(text), (part) => part.segment);
    return text.match(/\s+|[\p{L}\p{N}_]+|[^\s\p{L}\p{N}_]/gu) || [];
  }

  // Two texts as lists of [text, changed]; null where they are too long or have little in common.
  function words(before, after, least) {
    if (before.length + after.length > LONGEST_DIFF) return null;
    const a = tokens(before), b = tokens(after), steps = compare(a, b, 1500);
    if (!steps) return null;
    const blank = /^\s*$/;
    let alike = 0;
    const merged = [];
    steps.forEach((step, place) => {
      let [same, a0, a1, b0, b1] = step;
      const text = a.slice(a0, a1).join("");
      if (same && blank.test(text) && place > 0 && place < steps.length - 1) same = false;
      if (same) alike += text.replace(/\s/g, "").length;
      const last = merged[merged.length - 1];
      if (last && last[0] === same) { last[2] = a1; last[4] = b1; } else merged.push([same, a0, a1, b0, b1]);
    });
    const size = Math.max(before.replace(/\s/g, "").length, after.replace(/\s/g, "").length, 1);
    if (alike / size < least) return null;
    const side = (list, from, to) => merged.map((step) => [list.slice(step[from], step[to]).join(""), !step[0]]).filter((piece) => piece[0]);
    return [side(a, 1, 2), side(b, 3, 4)];
  }

  const marked = (pieces, kind) => pieces.map(([text, changed]) => (changed ? el("mark", { class: kind }, visible(text)) : visible(text))).flat();

  function lineDifference(before, after) {
    const a = before.split("\n"), b = after.split("\n"), steps = compare(a, b, 1500), lines = [];
    const line = (kind, ...children) => lines.push(el("div", { class: "line " + kind }, kind === "removed" || kind === "added" ? el("span", { class: "aside" }, kind + ": ") : null, el("bdi", {}, ...children)));
    if (!steps) { a.forEach((text) => line("removed", visible(text))); b.forEach((text) => line("added", visible(text))); }
    (steps || []).forEach(([same, a0, a1, b0, b1], place) => {
      if (same) {
        const first = place === 0, last = place === steps.length - 1;
        for (let at = a0; at < a1; at++) {
          const near = (!first && at < a0 + 3) || (!last && at >= a1 - 3);
          if (near || a1 - a0 <= 6) { line("same", visible(a[at])); continue; }
          const hidden = a1 - a0 - (first ? 0 : 3) - (last ? 0 : 3);
          line("gap", hidden + " unchanged line" + (hidden === 1 ? "" : "s"));
          at += hidden - 1;
        }
        return;
      }
      const pairs = [];
      for (let at = 0; at < Math.min(a1 - a0, b1 - b0); at++) pairs.push(words(a[a0 + at], b[b0 + at], 0.4));
      for (let at = a0; at < a1; at++) line("removed", pairs[at - a0] ? marked(pairs[at - a0][0], "removed") : visible(a[at]));
      for (let at = b0; at < b1; at++) line("added", pairs[at - b0] ? marked(pairs[at - b0][1], "added") : visible(b[at]));
    });
    return el("div", { class: "lines", tabindex: "0", role: "group", "aria-label": "Changes" }, lines);
  }

  if (!$("index")) return;

  /* ---- the data ---- */

  const data = JSON.parse($("index").textContent);
  const total = data.case.length;
  const pieces = Math.ceil(total / data.piece), loaded = [];
  const whole = new Promise((done) => (document.readyState === "loading" ? document.addEventListener("DOMContentLoaded", done) : done()));
  const unpack = (place) => (loaded[place] ||= (async () => {
    await whole;
    const bytes = Uint8Array.from(atob(document.getElementsByClassName("piece")[place].textContent), (character) => character.charCodeAt(0));
    const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
    return JSON.parse(await new Response(stream).text());
  })());
  const change = data.before.map((before, at) => (before === null || data.after[at] === null ? null : Math.round((data.after[at] - before) * 1e4) / 1e4));
  const names = data.case.map((name, at) => (data.suites[data.suite[at]] + " " + name + " " + data.question[at]).toLowerCase());
  const answers = new Array(total).fill("");
  const bits = Object.fromEntries(data.marks.map(([mark], place) => [mark, 1 << place]));
  const columns = { case: data.case, suite: data.suite, before: data.before, after: data.after, change, latency: data.latency, cost: data.cost };

  /* ---- what is shown ---- */

  const list = $("list"), body = list.tBodies[0];
  const state = { query: "", mark: null, suite: "", sort: change.some((value) => value < 0) ? "change" : null, down: false, rows: [], current: 0, printing: false };
  for (const column of ["latency", "cost"]) {
    if (data[column].every((value) => value === null)) for (const cell of list.querySelectorAll("th." + column)) cell.remove();
  }
  const width = String(list.tHead.rows[0].cells.length);
  const shows = new Set([...list.querySelectorAll("th button")].map((button) => button.dataset.sort));
  data.suites.forEach((suite, place) => $("suite").append(el("option", { value: place }, visible(suite))));

  function choose() {
    const terms = state.query.toLowerCase().split(/\s+/).filter(Boolean);
    const bit = state.mark ? bits[state.mark] : 0;
    const rows = [];
    for (let at = 0; at < total; at++) {
      if (bit && !(data.marked[at] & bit)) continue;
      if (state.suite !== "" && data.suite[at] !== +state.suite) continue;
      if (terms.length && !terms.every((term) => names[at].includes(term) || answers[at].includes(term))) continue;
      rows.push(at);
    }
    const values = columns[state.sort];
    if (values) {
      const way = state.down ? -1 : 1;
      const order = typeof values[0] === "string" ? new Intl.Collator().compare : (a, b) => a - b;
      rows.sort((a, b) => {
        const x = values[a], y = values[b];
        if (x === null || y === null) return (x === null) - (y === null) || a - b;
        return way * order(x, y) || a - b;
      });
    }
    const held = state.rows[state.current];
    state.rows = rows;
    state.current = Math.max(0, rows.indexOf(held));
    $("count").textContent = (rows.length === total ? total.toLocaleString("en") : rows.length.toLocaleString("en") + " of " + total.toLocaleString("en")) + " case" + (total === 1 ? "" : "s");
    for (const cell of list.querySelectorAll("th")) {
      const own = cell.firstElementChild.dataset.sort === state.sort;
      if (own) cell.setAttribute("aria-sort", state.down ? "descending" : "ascending"); else cell.removeAttribute("aria-sort");
    }
    for (const button of document.querySelectorAll(".marks button")) button.setAttribute("aria-pressed", String(markOf(button) === state.mark));
    list.setAttribute("aria-rowcount", rows.length + 1);
    draw(true);
  }

  const TAGS = { "open violation": "bad", errored: "open", flaky: "open", new: "", "pre-existing": "" };
  function row(place) {
    const at = state.rows[place], by = change[at];
    const tags = Object.entries(TAGS).filter(([mark]) => data.marked[at] & bits[mark]).map(([mark, kind]) => el("span", { class: "tag " + kind }, mark));
    let moved = "";
    if (by !== null) {
      const kind = by < 0 ? "fell" : by > 0 ? "rose" : "";
      const part = el("i", { class: kind });
      part.style.width = 50 * Math.min(1, Math.abs(by)) + "%";
      moved = [el("span", { class: "bar", "aria-hidden": "true" }, part), el("span", { class: kind }, by ? signed(by) : "0")];
    }
    const cell = (kind, ...children) => (kind in { latency: 1, cost: 1 } && !shows.has(kind) ? null : el("td", { class: kind === "of" ? kind : "number " + kind }, ...children));
    return el("tr", { class: place === state.current ? "current" : "", "aria-rowindex": place + 2, "data-place": place },
      el("td", { class: "case" },
        el("div", {}, el("button", { type: "button", class: "open-case", tabindex: place === state.current ? "0" : "-1" }, el("bdi", {}, visible(data.case[at]))), tags),
        el("div", { class: "asked" }, el("bdi", {}, visible(data.question[at].replace(/\s+/g, " "))))),
      cell("of", el("bdi", {}, visible(data.suites[data.suite[at]]))),
      cell("latency", data.latency[at] === null ? "–" : milliseconds(data.latency[at])),
      cell("cost", data.cost[at] === null ? "–" : dollars(data.cost[at])),
      cell("before", score(data.before[at])),
      cell("after", score(data.after[at])),
      cell("change", moved));
  }

  // Puts the rows into the table; those that stay are not touched.
  function exchange(rows) {
    const wanted = new Set(rows);
    for (const node of [...body.children]) if (!wanted.has(node)) node.remove();
    let next = body.firstChild;
    for (const node of rows) {
      if (node === next) next = next.nextSibling; else body.insertBefore(node, next);
    }
  }

  let drawn = [-1, -1];
  function draw(always) {
    const count = state.rows.length;
    if (!count) {
      body.replaceChildren(el("tr", {}, el("td", { class: "none", colspan: width }, "No case fits. ", el("button", { type: "button", class: "quiet", onclick: reset }, "Show all"))));
      drawn = [-1, -1];
      return;
    }
    const top = body.getBoundingClientRect().top;
    let first = Math.max(0, Math.floor(-top / ROW) - AROUND);
    let last = Math.min(count, Math.ceil((window.innerHeight - top) / ROW) + AROUND);
    if (state.printing) [first, last] = [0, Math.min(count, PRINTED)];
    first = Math.min(first, Math.max(0, count - 1));
    last = Math.max(last, Math.min(count, first + AROUND));
    if (!always && first === drawn[0] && last === drawn[1]) return;
    // A row in sight keeps its element while the page scrolls, so that a click on it is not lost.
    const there = new Map(always ? [] : [...body.querySelectorAll("tr[data-place]")].map((node) => [+node.dataset.place, node]));
    drawn = [first, last];
    const held = body.contains(document.activeElement);
    const gap = (rows) => {
      const node = el("tr", { class: "gap", "aria-hidden": "true" }, el("td", { colspan: width }));
      node.style.height = rows * ROW + "px";
      return node;
    };
    const rows = [];
    if (first > 0) rows.push(gap(first));
    for (let place = first; place < last; place++) rows.push(there.get(place) || row(place));
    if (last < count && !state.printing) rows.push(gap(count - last));
    if (last < count && state.printing) rows.push(el("tr", {}, el("td", { class: "none", colspan: width }, "The first " + last + " of " + count + " cases are printed.")));
    if (always || !there.size) body.replaceChildren(...rows);
    else exchange(rows);
    if (held && !body.contains(document.activeElement)) focusCurrent();
  }
  let waiting = false;
  const later = () => { if (!waiting) { waiting = true; requestAnimationFrame(() => { waiting = false; draw(false); }); } };
  window.addEventListener("scroll", later, { passive: true });
  window.addEventListener("resize", later);

  const focusCurrent = () => body.querySelector("tr.current .open-case")?.focus({ preventScroll: true });
  function move(by) {
    if (!state.rows.length) return;
    state.current = Math.min(state.rows.length - 1, Math.max(0, state.current + by));
    const y = body.getBoundingClientRect().top + state.current * ROW;
    if (y < 2 * ROW) window.scrollBy(0, y - 2 * ROW);
    else if (y > window.innerHeight - 2 * ROW) window.scrollBy(0, y - window.innerHeight + 2 * ROW);
    draw(true);
    focusCurrent();
  }
  function reset() {
    Object.assign(state, { query: "", mark: null, suite: "" });
    $("search").value = ""; $("suite").value = "";
    choose();
  }

  const markOf = (button) => button.firstChild.textContent.trim();
  let typed = 0;
  $("search").addEventListener("input", () => { state.query = $("search").value; cancelAnimationFrame(typed); typed = requestAnimationFrame(choose); });
  $("suite").addEventListener("change", () => { state.suite = $("suite").value; choose(); });
  for (const button of document.querySelectorAll(".marks button")) button.addEventListener("click", () => { state.mark = state.mark === markOf(button) ? null : markOf(button); choose(); });
  for (const button of list.querySelectorAll("th button")) {
    button.addEventListener("click", () => {
      const own = button.dataset.sort, numeric = own === "latency" || own === "cost";
      if (state.sort === own) state.down = !state.down; else Object.assign(state, { sort: own, down: numeric });
      choose();
    });
  }
  body.addEventListener("click", (event) => {
    const place = event.target.closest("tr[data-place]")?.dataset.place;
    if (place !== undefined && !String(window.getSelection())) { state.current = +place; draw(true); open(state.rows[state.current]); }
  });

  /* ---- an open case ---- */

  const dialog = $("opened");
  const seen = { at: -1, repeats: [0, 0], diff: true, whole: [false, false] };

  async function open(at) {
    const piece = await unpack(Math.floor(at / data.piece));
    const found = piece.cases[at % data.piece];
    const arms = found.trials.length === 2 ? found.trials : [found.trials[0], found.trials[0]];
    const rose = (change[at] ?? 0) > 0;
    const pick = (trials, passed) => Math.max(0, trials.findIndex((trial) => trial.passed === passed));
    Object.assign(seen, { at, arms, same: found.trials.length === 1, texts: piece.texts, asked: found.asked, whole: [false, false], repeats: [pick(arms[0], !rose), pick(arms[1], rose)] });
    if (seen.same) seen.repeats[1] = seen.repeats[0];
    show();
    if (!dialog.open) dialog.showModal();
    document.body.classList.add("reading");
    dialog.querySelector(".inside").scrollTop = 0;
    dialog.querySelector("h2").focus({ preventScroll: true });
    remember("#case=" + encodeURIComponent(data.suites[data.suite[at]] + "/" + data.case[at]));
  }
  function remember(hash) {
    try { history.replaceState(null, "", hash || location.pathname + location.search); } catch { /* a page may have no history */ }
  }
  dialog.addEventListener("close", () => { document.body.classList.remove("reading"); remember(""); draw(true); focusCurrent(); });
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  function step(by) {
    const to = state.current + by;
    if (to < 0 || to >= state.rows.length) return;
    state.current = to;
    const y = body.getBoundingClientRect().top + to * ROW;
    window.scrollBy(0, y - window.innerHeight / 2);
    draw(true);
    open(state.rows[to]);
  }

  function show() {
    const at = seen.at, by = change[at];
    const tags = data.marks.filter(([mark]) => data.marked[at] & bits[mark]).map(([mark, meaning]) => el("span", { class: "tag " + (TAGS[mark] || ""), title: meaning }, mark));
    const place = state.rows.indexOf(at);
    const pressed = document.activeElement?.dataset?.keep;
    const inside = dialog.querySelector(".inside"), scrolled = inside ? inside.scrollTop : 0;
    dialog.replaceChildren(el("div", { class: "bench" },
      el("header", {},
        el("div", {},
          el("h2", { id: "opened-title", tabindex: "-1" }, el("bdi", {}, visible(data.case[at]))),
          el("p", { class: "where" }, el("bdi", {}, visible(data.suites[data.suite[at]])), " · ", score(data.before[at]), " → ", score(data.after[at]), " ",
            by ? el("span", { class: by < 0 ? "fell" : "rose" }, signed(by)) : "", " ", tags.flatMap((tag) => [tag, " "]))),
        el("div", { class: "moves" },
          el("button", { type: "button", class: "quiet", "data-keep": "previous", disabled: place <= 0, onclick: () => step(-1) }, "Previous"),
          el("button", { type: "button", class: "quiet", "data-keep": "next", disabled: place < 0 || place >= state.rows.length - 1, onclick: () => step(1) }, "Next"),
          el("button", { type: "button", class: "quiet", onclick: () => dialog.close() }, "Close"))),
      el("div", { class: "inside", tabindex: "0", role: "group", "aria-label": "The case" }, question(), bothArms(), prompt())));
    dialog.querySelector(".inside").scrollTop = scrolled;
    if (pressed) dialog.querySelector('[data-keep="' + pressed + '"]')?.focus({ preventScroll: true });
  }

  const partsOf = (arm) => (seen.asked[arm] || []).map((number) => ({ number, label: seen.texts[number][0], text: seen.texts[number][1] }));
  function question() {
    const parts = partsOf(1).length ? partsOf(1) : partsOf(0);
    const asked = parts.filter((part) => part.label === "user" || part.label === "variables").pop();
    const text = asked ? asked.text : data.question[seen.at];
    return text ? [el("p", { class: "label" }, "Asked"), el("div", { class: "question", dir: "auto", tabindex: "0", role: "group", "aria-label": "What was asked" }, clipped(text, CLIP))] : null;
  }
  const clipped = (text, most) => visible(text.length > most ? text.slice(0, most) + " …" : text);

  function bothArms() {
    const trials = [0, 1].map((arm) => seen.arms[arm][seen.repeats[arm]]);
    const texts = trials.map((trial, arm) => (trial ? (seen.whole[arm] ? trial.answer : trial.answer.slice(0, CLIP)) : ""));
    const compared = !seen.same && seen.diff && trials[0] && trials[1];
    const pieces = compared ? words(texts[0], texts[1], 0.25) : null;
    let told = "";
    if (seen.same) told = "The request is the same in both arms, so one set of answers counts for both.";
    else if (compared && trials[0].answer === trials[1].answer) told = "Both answers are the same.";
    else if (compared && !pieces) told = "Little is alike, so no words are marked.";
    const options = el("div", { class: "options" },
      seen.same ? null : el("label", {}, el("input", { type: "checkbox", checked: seen.diff, "data-keep": "diff", onchange: (event) => { seen.diff = event.target.checked; show(); } }), " mark changed words"),
      el("span", {}, told));
    return [options,
      el("div", { class: "arms" }, (seen.same ? [1] : [0, 1]).map((arm) => oneArm(arm, trials[arm], texts[arm], pieces && pieces[arm])))];
  }

  function oneArm(arm, trial, text, pieces) {
    const title = seen.same ? "Both arms" : arm ? "Candidate" : "Baseline";
    const mean = arm ? data.after[seen.at] : data.before[seen.at];
    const heading = el("h3", {}, title, el("b", {}, score(mean)));
    if (!trial) return el("section", { "aria-label": title }, heading, el("div", { class: "repeats" }), el("div", { class: "answer empty" }, "There is no such answer: the case is new."));
    const symbol = (one) => (one.passed === true ? ["yes", "✓"] : one.passed === false ? ["no", "✕"] : ["open", "–"]);
    const repeats = seen.arms[arm].map((one, number) => el("button", {
      type: "button", "aria-pressed": String(number === seen.repeats[arm]), "data-keep": "repeat-" + arm + "-" + number,
      "aria-label": title + ", repeat " + (number + 1) + ": " + (one.passed === true ? "passes" : one.passed === false ? "does not pass" : one.state),
      onclick: () => { seen.repeats[arm] = number; seen.whole[arm] = false; show(); },
    }, el("span", { class: symbol(one)[0] }, symbol(one)[1]), " " + (number + 1)));
    const shown = trial.answer ? (pieces ? marked(pieces, arm ? "added" : "removed") : visible(text)) : [];
    const rest = trial.answer.length - text.length;
    return el("section", { "aria-label": title }, heading,
      el("div", { class: "repeats", role: "group", "aria-label": title + ": repeats" }, repeats),
      el("div", { class: "answer" + (trial.answer ? "" : " empty"), dir: "auto", tabindex: "0", role: "group", "aria-label": title + ": answer" }, shown.length ? shown : trial.state ? trial.state + (trial.note ? ": " + trial.note : "") : "The answer is empty."),
      rest > 0 ? el("button", { type: "button", class: "quiet more", "data-keep": "whole-" + arm, onclick: () => { seen.whole[arm] = true; show(); } }, "Show all " + trial.answer.length.toLocaleString("en") + " characters") : null,
      trial.cut ? el("p", { class: "soft" }, trial.cut.toLocaleString("en") + " more characters are in trials.jsonl, to keep this file small.") : null,
      el("ul", { class: "parts" }, trial.parts.map(([scorer, value, passed, reason]) => {
        const [kind, sign] = symbol({ passed });
        return el("li", {}, el("span", { class: kind, "aria-hidden": "true" }, sign), el("span", {}, el("span", { class: "aside" }, passed === true ? "passes: " : passed === false ? "does not pass: " : "not scored: "), el("bdi", {}, visible(scorer)), " ", score(value), " ", el("small", {}, visible(reason.length > 2000 ? reason.slice(0, 2000) + " …" : reason))));
      })),
      el("p", { class: "measures" }, measures(trial).map((text) => el("span", {}, visible(text)))));
  }
  const measures = (trial) => [
    trial.model,
    trial.input === undefined ? null : trial.input.toLocaleString("en") + " tokens in",
    trial.output === undefined ? null : trial.output.toLocaleString("en") + " out",
    trial.ms === undefined ? null : milliseconds(trial.ms),
    trial.usd === undefined ? "cost unknown" : dollars(trial.usd),
    trial.stop, trial.note && !trial.state ? trial.note : null,
    trial.recorded ? "recorded " + trial.recorded.slice(0, 10) : null,
    trial.digest,
  ].filter(Boolean);

  function prompt() {
    const [before, after] = [partsOf(0), partsOf(1)];
    if (!before.length && !after.length) return null;
    const single = seen.same || !before.length || !after.length;
    const fold = (part, told) => el("details", {}, el("summary", {}, part.label + (told ? " · " + told : "") + " · ", el("bdi", {}, visible(part.text.slice(0, 140).replace(/\s+/g, " ")))), el("pre", { class: "verbatim", dir: "auto", tabindex: "0" }, clipped(part.text, 100000)));
    if (single) return el("section", { class: "prompt" }, el("h3", {}, "The request"), (after.length ? after : before).map((part) => fold(part, "")));
    const shown = [];
    for (const [same, a0, a1, b0, b1] of compare(before.map((part) => part.number), after.map((part) => part.number), 2000) || [[false, 0, before.length, 0, after.length]]) {
      if (same) { shown.push(...before.slice(a0, a1).map((part) => fold(part, "the same"))); continue; }
      const old = before.slice(a0, a1), fresh = after.slice(b0, b1);
      while (old.length || fresh.length) {
        const pair = old.length && fresh.length && old[0].label === fresh[0].label && (old.length === fresh.length || old[0].label === "system");
        const left = pair || old.length >= fresh.length ? old.shift() : null, right = pair || !left ? fresh.shift() : null;
        shown.push(el("figure", { class: "difference" }, el("figcaption", {}, (left || right).label + (left && right ? "" : left ? " · removed" : " · added")), left && right ? lineDifference(left.text, right.text) : onlyLines((left || right).text, left ? "removed" : "added")));
      }
    }
    return el("section", { class: "prompt" }, el("h3", {}, "The request, baseline against candidate"), shown);
  }
  const onlyLines = (text, kind) => el("div", { class: "lines", tabindex: "0", role: "group", "aria-label": "Changes" }, text.split("\n").slice(0, 2000).map((line) => el("div", { class: "line " + kind }, el("bdi", {}, visible(line)))));

  /* ---- keys, print, start ---- */

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key, field = event.target.closest?.("input[type=search], select");
    const act = (what) => { event.preventDefault(); what(); };
    if ($("help").open) return;
    if (dialog.open) {
      if (key === "j" || key === "n") act(() => step(1));
      else if (key === "k" || key === "p") act(() => step(-1));
      else if (key === "r") act(() => { [0, 1].forEach((arm) => { seen.repeats[arm] = (seen.repeats[arm] + 1) % Math.max(1, seen.arms[arm].length); seen.whole[arm] = false; }); show(); });
      else if (key === "w") act(() => { seen.diff = !seen.diff; show(); });
      else if (key === "t") act(turn);
      return;
    }
    if (field) {
      if (key === "Escape" && field.id === "search") act(() => { if (state.query) reset(); else field.blur(); });
      else if (key === "ArrowDown" && field.id === "search") act(() => move(0));
      else if (key === "Enter" && field.id === "search" && state.rows.length) act(() => open(state.rows[state.current]));
      return;
    }
    const free = event.target === document.body || body.contains(event.target) || event.target.id === "cases";
    if (key === "/") act(() => { $("search").scrollIntoView({ block: "nearest" }); $("search").focus(); $("search").select(); });
    else if (key === "?") act(() => $("help").showModal());
    else if (key === "t") act(turn);
    else if (key === "j" || (key === "ArrowDown" && body.contains(event.target))) act(() => move(body.contains(document.activeElement) ? 1 : 0));
    else if (key === "k" || (key === "ArrowUp" && body.contains(event.target))) act(() => move(-1));
    else if (key === "Enter" && free && !event.target.closest("button") && state.rows.length) act(() => open(state.rows[state.current]));
    else if (key === "Escape") act(reset);
  });

  const printing = (on) => { state.printing = on; draw(true); };
  matchMedia("print").addEventListener("change", (event) => printing(event.matches));
  window.addEventListener("beforeprint", () => printing(true));
  window.addEventListener("afterprint", () => printing(false));

  choose();
  const wanted = decodeURIComponent((location.hash.match(/^#case=(.+)$/) || [])[1] || "");
  if (wanted) {
    const at = data.case.findIndex((name, number) => data.suites[data.suite[number]] + "/" + name === wanted);
    if (at >= 0) { state.current = state.rows.indexOf(at); open(at); }
  }

  // What was answered is unpacked while nobody waits; the search looks in it from then on.
  (async () => {
    for (let place = 0; place < pieces; place++) {
      const piece = await unpack(place);
      piece.cases.forEach((found, number) => {
        const parts = found.trials.flat().flatMap((trial) => [trial.answer.slice(0, CLIP), ...trial.parts.map((part) => part[3])]);
        answers[place * data.piece + number] = [...new Set(parts)].join("\n").toLowerCase();
      });
      if (place % 8 === 7) await new Promise((resolve) => setTimeout(resolve));
    }
    if (state.query) choose();
    root.dataset.searchable = "all";
  })();
})();
