// Elements, texts and numbers, and the page in light or dark. Every text from the data
// becomes a text node; the page's policy (trusted types) refuses anything else.

const $ = (id) => document.getElementById(id);
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\ud800-\udfff\u{e0000}-\u{e007f}]/gu;

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
