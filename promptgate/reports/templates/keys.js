// Keys, print, and the start; then the search in the answers.

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
