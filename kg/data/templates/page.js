// Selection, filters, tabs and the address: what ties the parts together.

// `move` brings it to the middle of the stage, `focus` sends the keyboard to its facts.
function select(selection, { move = false, focus = false, address = true } = {}) {
  state.selected = selection;
  if (selection && "entity" in selection && state.tab === "graph") reveal(selection.entity);
  paint();
  mirrorSelection();
  renderPanel();
  if (address) writeAddress();
  if (!selection) return;
  if (state.tab === "list" && "entity" in selection) openItem(selection.entity, focus);
  else if (state.tab === "graph") {
    if (move) show(selection);
    if (focus) byId("panel").querySelector("h2").focus({ preventScroll: true });
  }
}

function refreshFacts() {
  renderPanel();
  refreshList();
}

// The address names what is selected: graph.html#https://kg.example/person/ada-byron
function writeAddress() {
  const entity = state.selected && "entity" in state.selected ? entities[state.selected.entity] : null;
  const hash = entity ? `#${encodeURI(entity.iri)}` : "";
  if (location.hash === hash) return;
  history.pushState(null, "", hash || location.href.split("#")[0]);
}

function readAddress() {
  let iri;
  try {
    iri = decodeURI(location.hash.slice(1));
  } catch {
    return null; // not an address that this page wrote
  }
  const index = entities.findIndex((entity) => entity.iri === iri || entity.sameAs.includes(iri));
  return index < 0 ? null : { entity: index };
}

function renderFilters() {
  const box = (label, checked, change, ...before) =>
    make("label", {}, make("input", { type: "checkbox", checked, onchange: change }), ...before, label[0], make("span", { class: "count" }, label[1]));
  const flip = (set, key) => (event) => {
    if (event.target.checked) set.delete(key);
    else set.add(key);
    sync();
  };
  const linked = (type) => nodes.filter((node) => entities[node.id].type === type && node.degree > 0).length;
  const lonely = nodes.filter((node) => node.degree === 0).length;
  replace(
    byId("types"),
    ...Object.keys(types).map((type) =>
      box([types[type].plural, String(linked(type))], !state.hiddenTypes.has(type), flip(state.hiddenTypes, type), mark(type))),
    lonely ? box(["Without links", String(lonely)], state.showLonely, (event) => {
      state.showLonely = event.target.checked;
      sync();
    }) : null,
  );
  const counts = new Map();
  edges.forEach((edge) => edge.statements.forEach((i) => counts.set(statements[i].predicate, (counts.get(statements[i].predicate) || 0) + 1)));
  replace(
    byId("predicates"),
    ...Object.keys(predicates).filter((name) => counts.has(name)).map((name) =>
      box([predicates[name].edge, String(counts.get(name))], !state.hiddenPredicates.has(name), flip(state.hiddenPredicates, name))),
  );
}

function setAllLinks(shown) {
  state.hiddenPredicates.clear();
  if (!shown) Object.keys(predicates).forEach((name) => state.hiddenPredicates.add(name));
  renderFilters();
  sync();
}

const tabs = { graph: byId("tab-graph"), list: byId("tab-list") };

function switchTo(name) {
  state.tab = name;
  for (const [key, tab] of Object.entries(tabs)) {
    tab.setAttribute("aria-selected", String(key === name));
    tab.tabIndex = key === name ? 0 : -1;
    byId(`view-${key}`).hidden = key !== name;
  }
  if (name === "list") {
    renderList();
    refreshList();
    if (state.selected && "entity" in state.selected) openItem(state.selected.entity, false);
  } else {
    network.redraw();
    if (state.selected) select(state.selected, { move: true, address: false });
  }
}

for (const [name, tab] of Object.entries(tabs)) {
  tab.addEventListener("click", () => switchTo(name));
  tab.addEventListener("keydown", (event) => {
    if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
    const other = name === "graph" ? "list" : "graph";
    switchTo(other);
    tabs[other].focus();
  });
}

byId("links-all").addEventListener("click", () => setAllLinks(true));
byId("links-none").addEventListener("click", () => setAllLinks(false));
byId("draw-all").addEventListener("click", () => {
  state.showAll = true;
  sync();
});
function zoom(factor) {
  const scale = network.getScale() * factor;
  sizeNames(scale);
  network.moveTo({ scale, animation: !calm() && { duration: 150 } });
}

byId("zoom-in").addEventListener("click", () => zoom(1.3));
byId("zoom-out").addEventListener("click", () => zoom(1 / 1.3));
byId("zoom-fit").addEventListener("click", overview);
document.addEventListener("keydown", (event) => event.key === "Escape" && state.selected && select(null));
addEventListener("popstate", () => select(readAddress(), { move: true, address: false }));
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", theme);

const asserted = statements.filter((statement) => !statement.doubt).length;
byId("counts").textContent = [plural(entities.length, "name"), plural(asserted, "fact"), plural(documents.length, "document")].join(" · ");
if (small()) byId("filters").open = false;
theme();
renderFilters();
renderPanel();
sync();
const first = readAddress() || (data.focus === null ? null : { entity: data.focus });
if (first) select(first, { move: true, address: false });
window.kgView = Object.freeze({ network, state, select }); // for the console and the tests
