// The difference of two texts, as words and as lines.

const CLIP = 12000, LONGEST_DIFF = 40000;

// The difference of two sequences: Myers, within a limit of changes.
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
