// An open case: the question, both answers, the request.

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
