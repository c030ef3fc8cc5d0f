// The drawing: which nodes and edges are on the stage, where they stand and how they look.

const CROWD = 100; // nodes drawn
const DENSE = 700;

const seen = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
const places = new Map(); // where each node stood last, so that it comes back to its place
const revealed = new Set(); // entities drawn because someone asked for them
const ranked = [...nodes].sort((a, b) => b.degree - a.degree || a.id - b.id);
const order = breadthFirst(); // place of each node on the first spiral

const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();

// The data sets are filled by sync(); physics is switched on only while settle() runs.
const options = structuredClone(data.drawing.options);
const physics = options.physics;
let namesAtMost = options.nodes.scaling.label.max; // size of the largest name
options.physics = { ...physics, enabled: false };
const network = new vis.Network(byId("canvas"), seen, options);

// The drawing is for the pointer; the keyboard has the search, the panel and the list.
byId("canvas").firstElementChild.tabIndex = -1;

function theme() {
  const face = getComputedStyle(document.body).fontFamily;
  const groups = {};
  for (const type of Object.keys(types)) {
    const fill = colour(type.toLowerCase());
    const lit = { background: fill, border: colour("ink") };
    groups[type] = { color: { background: fill, border: fill, highlight: lit, hover: lit } };
  }
  network.setOptions({
    groups,
    nodes: { font: { face, color: colour("ink"), strokeColor: colour("paper"), strokeWidth: 4 } },
    edges: {
      color: { color: colour("edge"), highlight: colour("ink"), hover: colour("ink"), inherit: false },
      font: { face, size: 12, color: colour("quiet"), background: colour("paper"), strokeWidth: 0, align: "middle" },
    },
  });
  paint();
}

const visiblePredicates = (edge) => edge.statements.filter((i) => !state.hiddenPredicates.has(statements[i].predicate));

// In step with _bundle_label() in drawing.py, for the statements whose predicates are not filtered away.
function edgeLabel(indices) {
  const words = [...new Set(indices.map((i) => statements[i].short))];
  return words.length > 1 ? `${words[0]} +${words.length - 1}` : words[0];
}

// What the filters and the limit leave to be drawn.
function chosen() {
  const candidates = ranked.filter((node) => (node.degree > 0 || state.showLonely) && !state.hiddenTypes.has(entities[node.id].type));
  const ids = new Set((state.showAll ? candidates : candidates.slice(0, data.limit)).map((node) => node.id));
  for (const id of revealed) if (!state.hiddenTypes.has(entities[id].type)) ids.add(id);
  const drawnEdges = edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to) && visiblePredicates(edge).length);
  const linked = new Set(drawnEdges.flatMap((edge) => [edge.from, edge.to]));
  const drawnNodes = ranked.filter((node) => ids.has(node.id) && (linked.has(node.id) || state.showLonely || revealed.has(node.id)));
  return { drawnNodes, drawnEdges, candidates };
}

// Bring the stage in line with the state; nodes that were never on it take a seat first and the layout runs again.
function sync() {
  const { drawnNodes, drawnEdges, candidates } = chosen();
  const wanted = new Set(drawnNodes.map((node) => node.id));
  const leaving = seen.nodes.getIds().filter((id) => !wanted.has(id));
  for (const [id, at] of Object.entries(network.getPositions())) places.set(Number(id), at);
  const arriving = drawnNodes.filter((node) => !seen.nodes.get(node.id));
  const fresh = arriving.filter((node) => !places.has(node.id));
  fresh.forEach((node) => places.set(node.id, seat(node)));
  seen.nodes.remove(leaving);
  seen.nodes.add(arriving.map((node) => ({ ...node, ...places.get(node.id) })));
  const wantedEdges = new Set(drawnEdges.map((edge) => edge.id));
  seen.edges.remove(seen.edges.getIds().filter((id) => !wantedEdges.has(id)));
  seen.edges.update(drawnEdges.map((edge) => ({ ...edge, label: edgeLabel(visiblePredicates(edge)) })));
  crowd(drawnNodes.length);
  describe(drawnNodes.length, candidates.length);
  paint();
  if (fresh.length) settle(seen.nodes.length);
}

// A large drawing is seen from afar: larger hubs and names, thin straight lines that step aside while it moves.
function crowd(count) {
  const many = count > CROWD;
  const dense = count > DENSE;
  network.setOptions({
    nodes: { scaling: { max: many ? 40 : 30 }, widthConstraint: { maximum: many ? 360 : 180 } },
    edges: { width: dense ? 0.4 : options.edges.width, smooth: dense ? { enabled: false } : options.edges.smooth },
    interaction: { hideEdgesOnDrag: dense, hideEdgesOnZoom: dense },
  });
}

// The names of hubs are written large where all else is too small to read, and no larger than needed from near.
function sizeNames(scale) {
  const max = scale < 0.45 ? 46 : 22;
  if (max === namesAtMost) return;
  namesAtMost = max;
  network.setOptions({ nodes: { scaling: { label: { ...options.nodes.scaling.label, max } } } });
  paint(); // sizes are worked out again when nodes are updated
}

network.on("zoom", ({ scale }) => sizeNames(scale));

// A first place for a node: beside a neighbour that is drawn, else on a spiral with the most connected in the middle.
function seat(node) {
  const turn = node.id * 2.39996; // the golden angle spreads what follows each other
  if (seen.nodes.length) {
    const near = edgesOf[node.id].map((edge) => places.get(edge.from === node.id ? edge.to : edge.from)).find(Boolean);
    if (near) return { x: near.x + 120 * Math.cos(turn), y: near.y + 120 * Math.sin(turn) };
  }
  const rank = order.get(node.id);
  const radius = 70 * Math.sqrt(rank);
  return { x: radius * Math.cos(rank * 2.39996), y: radius * Math.sin(rank * 2.39996) };
}

// From the most connected outwards, so that neighbours begin near each other.
function breadthFirst() {
  const found = new Map();
  for (const start of ranked) {
    const queue = found.has(start.id) ? [] : [start.id];
    for (let i = 0; i < queue.length; i += 1) {
      if (found.has(queue[i])) continue;
      found.set(queue[i], found.size);
      for (const edge of edgesOf[queue[i]]) queue.push(edge.from === queue[i] ? edge.to : edge.from);
    }
  }
  return found;
}

// Run the physics out of sight for a bounded number of steps, then switch it off: a settled graph stays where it is.
function settle(count) {
  const iterations = Math.max(60, Math.min(physics.stabilization.iterations, Math.round(120000 / count)));
  const bar = byId("progress");
  bar.hidden = false;
  network.setOptions({ physics: { ...physics, enabled: true, stabilization: { ...physics.stabilization, iterations } } });
  network.stabilize(iterations);
}

function settled() {
  network.setOptions({ physics: { enabled: false } });
  byId("progress").hidden = true;
  if (state.selected) show(state.selected);
  else overview();
  document.documentElement.dataset.settled = "true";
}

// All of the graph; on a small screen the middle of it, large enough to read.
function overview() {
  network.fit({ animation: false, maxZoomLevel: 1.4 });
  if (small() && network.getScale() < 0.6 && seen.nodes.length) network.focus(ranked[0].id, { scale: 0.6, animation: false });
  sizeNames(network.getScale());
}

network.on("stabilizationProgress", ({ iterations, total }) => {
  const percent = Math.round((100 * iterations) / total);
  byId("progress").setAttribute("aria-valuenow", percent);
  byId("progress").firstElementChild.style.width = `${percent}%`;
});
network.on("stabilizationIterationsDone", settled);

function describe(drawn, candidates) {
  const links = seen.edges.length;
  byId("canvas").setAttribute("aria-label", `Graph of ${plural(drawn, "name")} and ${plural(links, "link")}. The tab List has the same in words.`);
  const notice = byId("notice");
  const left = state.showAll ? 0 : candidates - drawn;
  notice.hidden = left <= 0;
  notice.firstElementChild.textContent = `The ${drawn.toLocaleString("en")} best connected of ${candidates.toLocaleString("en")} are drawn.`;
}

// The selected, its neighbours and the links between stay as they are; all else steps back.
function paint() {
  const lit = neighbourhood();
  const faded = colour("faded");
  seen.nodes.update(
    seen.nodes.getIds().map((id) => {
      const on = !lit || lit.nodes.has(id);
      return { id, opacity: on ? 1 : 0.16, font: { color: on ? colour("ink") : faded } };
    }),
  );
  const line = { color: colour("edge"), highlight: colour("ink"), hover: colour("ink"), inherit: false };
  seen.edges.update(
    seen.edges.getIds().map((id) => {
      const on = !lit || lit.edges.has(id);
      const shade = !on ? faded : lit ? colour("lit") : line.color;
      const font = on ? { color: colour(lit ? "ink" : "quiet"), background: colour("paper") } : { color: "transparent", background: "transparent" };
      return { id, color: { ...line, color: shade }, font };
    }),
  );
}

function neighbourhood() {
  if (!state.selected) return null;
  const around = "edge" in state.selected ? [edgeById.get(state.selected.edge)] : edgesOf[state.selected.entity].filter((edge) => seen.edges.get(edge.id));
  const lit = new Set(around.flatMap((edge) => [edge.from, edge.to]));
  if ("entity" in state.selected) lit.add(state.selected.entity);
  return { nodes: lit, edges: new Set(around.map((edge) => edge.id)) };
}

// Make sure that an entity and its neighbours are on the stage.
function reveal(index) {
  if (seen.nodes.get(index)) return;
  state.hiddenTypes.delete(entities[index].type);
  revealed.add(index);
  edgesOf[index].slice(0, data.limit).forEach((edge) => revealed.add(edge.from === index ? edge.to : edge.from));
  renderFilters();
  sync();
}

// Bring it to the middle; on a small screen to the part that the panel leaves free.
function show(selection) {
  const animation = calm() ? false : { duration: 400, easingFunction: "easeInOutQuad" };
  const ends = "entity" in selection ? [selection.entity] : [edgeById.get(selection.edge).from, edgeById.get(selection.edge).to];
  const [a, b = a] = ends.filter((id) => seen.nodes.get(id)).map((id) => network.getPosition(id));
  if (!a) return;
  const stage = byId("canvas");
  const apart = Math.hypot(a.x - b.x, a.y - b.y);
  const fitting = apart ? (0.6 * Math.min(stage.clientWidth, stage.clientHeight)) / apart : 2;
  const scale = Math.min(Math.max(network.getScale(), 0.9), Math.max(fitting, 0.2));
  const offset = { x: 0, y: small() ? -0.25 * innerHeight : 0 };
  sizeNames(scale);
  network.moveTo({ position: { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2 }, scale, offset, animation });
}

function mirrorSelection() {
  network.unselectAll();
  if (!state.selected) return;
  if ("entity" in state.selected && seen.nodes.get(state.selected.entity)) network.selectNodes([state.selected.entity]);
  if ("edge" in state.selected && seen.edges.get(state.selected.edge)) network.selectEdges([state.selected.edge]);
}

network.on("click", ({ nodes: [node], edges: [edge] }) => {
  if (node !== undefined) select({ entity: node });
  else if (edge !== undefined) select({ edge });
  else select(null);
});
network.on("hoverNode", () => byId("canvas").classList.add("pointing"));
network.on("blurNode", () => byId("canvas").classList.remove("pointing"));
network.on("hoverEdge", () => byId("canvas").classList.add("pointing"));
network.on("blurEdge", () => byId("canvas").classList.remove("pointing"));
