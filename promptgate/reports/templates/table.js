// The data of the cases, and their table: chosen, sorted, drawn as far as it is in sight.

const ROW = 56, AROUND = 12, PRINTED = 500;

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
