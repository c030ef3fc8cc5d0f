// What ties the parts together: a change of the state, and what must be written anew for it.

// `focus` sends the keyboard to the facts.
function select(selection, { focus = false, address: step = true } = {}) {
  if (selection && state.path.length === 2) state.path = [];
  state.selected = selection;
  const out = chosenEntities().filter((index) => !stage.ids.has(index) && open(index));
  if (out.length && state.tab === "graph") {
    out.forEach((index) => state.added.add(index));
    sync();
  }
  mirrorSelection();
  renderPanel();
  renderTimeline();
  renderChips();
  if (step) writeAddress(true);
  if (!selection) return;
  if (state.tab === "list" && "entity" in selection) openItem(selection.entity, false);
  show();
  if ("document" in selection) showChosenSentence();
  if (focus) byId("panel").querySelector("h2")?.focus({ preventScroll: true });
}

// Everything that shows statements, once the filters are applied.
function refresh({ arrange = false, fit = arrange } = {}) {
  applyFilters();
  sync({ arrange, fit });
  renderFilters();
  renderChips();
  renderPanel();
  renderTimeline();
  renderView();
  renderCounts();
}

function changed(what) {
  if (what === "filters") refresh({ arrange: true });
  else if (what === "doubts") refresh();
  else if (what === "stage" || what === "path") {
    sync();
    renderPanel();
    renderChips();
    renderTimeline();
    if (what === "path" && lit) overview(lit.nodes, { animate: true });
  } else if (what === "pins") {
    renderChips();
    renderPanel();
  } else if (what === "view") {
    renderTimeline();
    renderView();
  }
  writeAddress(what !== "pins");
}

const TABS = { graph: byId("tab-graph"), list: byId("tab-list"), table: byId("tab-table") };

function renderView() {
  for (const [key, tab] of Object.entries(TABS)) {
    tab.setAttribute("aria-selected", String(key === state.tab));
    tab.tabIndex = key === state.tab ? 0 : -1;
    byId(`view-${key}`).hidden = key !== state.tab;
  }
  if (state.tab === "list") renderList();
  else if (state.tab === "table") renderTable();
  else network.redraw();
}

function switchTo(tab) {
  state.tab = tab;
  changed("view");
}

for (const [key, tab] of Object.entries(TABS)) {
  tab.addEventListener("click", () => switchTo(key));
  tab.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step) return;
    const keys = Object.keys(TABS);
    const next = keys[(keys.indexOf(key) + step + keys.length) % keys.length];
    switchTo(next);
    TABS[next].focus();
  });
}

function renderCounts() {
  const facts = passing.filter((on, i) => on && !statements[i].kind).length;
  const all = statements.filter((s) => !s.kind).length;
  const doubted = passing.filter((on, i) => on && statements[i].kind).length;
  byId("counts").textContent = [plural(entities.length, "name"), facts === all ? plural(all, "fact") : `${facts.toLocaleString("en")} of ${plural(all, "fact")}`, doubted && `${doubted.toLocaleString("en")} not stated as fact`, plural(documents.length, "article")].filter(Boolean).join(" · ");
}

byId("zoom-in").addEventListener("click", () => zoom(1.4));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.4));
byId("zoom-fit").addEventListener("click", () => overview(null, { animate: true }));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  if (byId("keep").open) byId("keep").open = false;
  else if (state.path.length) setPath([]);
  else if (state.selected) select(null);
});
function goTo() {
  readAddress();
  refresh({ arrange: true });
  if (lit) show();
}
addEventListener("popstate", goTo);
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
  readPalette();
  sync();
});
let stageSize = "";
new ResizeObserver(() => {
  const size = `${byId("canvas").clientWidth} ${byId("canvas").clientHeight}`;
  if (stageSize && size !== stageSize && state.tab === "graph") requestAnimationFrame(() => (lit ? show() : overview()));
  stageSize = size;
}).observe(byId("canvas"));

byId("filters").open = !matchMedia("(max-width: 1000px)").matches;
readPalette();
goTo();
window.kgView = Object.freeze({ network, state, select, changed, names: () => written, words: () => wordsWritten, stage: () => stage, passing: () => passing }); // for the console and the tests
