// The drawing: which nodes and edges are on the stage, where they stand, and what a click does. vis-network draws shapes
// and lines and tells what lies under the pointer; its physics is off.

const NAMED = 60; // nodes; up to here room is made for every name
const LETTER = 7.2;

const seen = { nodes: new vis.DataSet(), edges: new vis.DataSet() };
const places = new Map(); // where each node stands
const home = new Map(nodes.filter((node) => node.x !== undefined).map((node) => [node.id, { x: node.x, y: node.y }]));
let stage = { ids: new Set(), edges: [], left: 0 };
let hovered = null;

const network = new vis.Network(byId("canvas"), seen, data.drawing.options);
// The drawing is for the pointer; the keyboard has the search, the panel, the list and the table.
byId("canvas").firstElementChild.tabIndex = -1;

const open = (index) => !state.types.has(entities[index].type) && !state.hidden.has(index);
const chosenEntities = () => (state.selected && "entity" in state.selected ? [state.selected.entity] : state.selected?.pair || []);
const restricted = () => filtered() || state.focus.length > 0 || state.hidden.size > 0;

// What the filters, the focus and the limit leave to be drawn.
function scene() {
  const live = edges.filter((edge) => open(edge.from) && open(edge.to) && edge.statements.some((i) => passing[i]));
  const linked = new Set(live.flatMap((edge) => [edge.from, edge.to]));
  const asked = new Set([...state.added, ...state.focus, ...state.path, ...chosenEntities()].filter(open));
  for (const { start, end } of currentPath()) asked.add(start).add(end);
  const ids = new Set(asked);
  if (state.focus.length) {
    const centre = new Set(state.focus);
    for (const edge of live) if (centre.has(edge.from) || centre.has(edge.to)) ids.add(edge.from).add(edge.to);
  } else {
    let room = data.limit;
    for (const node of nodes) if (room > 0 && linked.has(node.id)) room -= ids.add(node.id) ? 1 : 0;
  }
  if (state.lonely) entities.map((_, i) => i).filter((i) => !linked.has(i) && open(i)).slice(0, data.limit).forEach((i) => ids.add(i));
  const drawn = live.filter((edge) => ids.has(edge.from) && ids.has(edge.to));
  const tied = new Set(drawn.flatMap((edge) => [edge.from, edge.to]));
  for (const id of ids) if (!tied.has(id) && !asked.has(id) && !(state.lonely && !linked.has(id))) ids.delete(id);
  return { ids, edges: drawn, left: state.focus.length ? 0 : [...linked].filter((id) => !ids.has(id)).length };
}

// Bring the stage in line with the state. `arrange` lays out anew; else what comes takes a seat beside its neighbours.
function sync({ arrange = false, fit = arrange } = {}) {
  stage = scene();
  if (arrange) places.clear();
  seat([...stage.ids]);
  if (arrange && restricted()) arrangeStage();
  for (const [id, at] of state.pinned) places.set(id, at);
  const leaving = seen.nodes.getIds().filter((id) => !stage.ids.has(id));
  seen.edges.clear();
  seen.nodes.remove(leaving);
  seen.nodes.update([...stage.ids].map(nodeRecord));
  seen.edges.add(fanned(stage.edges));
  describe();
  if (fit) overview();
  mirrorSelection();
}

function nodeRecord(id) {
  const node = nodeOf.get(id) || { shape: types[entities[id].type].shape, size: 8 };
  return { id, shape: node.shape, size: node.size, title: entities[id].name, ...places.get(id), ...nodeLook(id) };
}

// Edges between the same two lie beside each other: the first of an odd number straight, the others bent both ways.
function fanned(drawn) {
  const between = new Map();
  for (const edge of drawn) {
    const key = `${edge.from} ${edge.to}`;
    between.set(key, [...(between.get(key) || []), edge]);
  }
  return [...between.values()].flatMap((beside) => beside.map((edge, i) => ({ id: edge.id, from: edge.from, to: edge.to, arrows: arrows(edge), smooth: bend(i, beside.length), ...edgeLook(edge) })));
}

function bend(i, count) {
  const turn = (i - (count - 1) / 2) * 0.24;
  if (!turn) return false;
  return { enabled: true, type: turn > 0 ? "curvedCW" : "curvedCCW", roundness: Math.abs(turn) };
}

function arrows(edge) {
  if (predicates[edge.predicate].symmetric) return "";
  const subjects = new Set(shownOf(edge).map((i) => statements[i].subject));
  return [subjects.has(edge.from) && "to", subjects.has(edge.to) && "from"].filter(Boolean).join(", ");
}

// A first place: as kg laid it out, else beside a neighbour that stands, else in rows below all others.
function seat(ids) {
  const waiting = ids.filter((id) => !places.has(id));
  for (const id of waiting) if (home.has(id) && !state.pinned.has(id)) places.set(id, { ...home.get(id) });
  for (const [id, at] of state.pinned) places.set(id, { ...at });
  const low = Math.max(0, ...ids.map((id) => places.get(id)?.y ?? 0)) + 140;
  let row = 0;
  for (const id of waiting) {
    if (places.has(id)) continue;
    const near = edgesOf[id].map((edge) => places.get(otherEnd(edge, id))).find(Boolean);
    const turn = id * 2.39996; // the golden angle spreads what follows each other
    if (near) places.set(id, freeSpot(near, turn));
    else places.set(id, { x: ((row % 12) - 5.5) * 150, y: low + Math.floor(row / 12) * 70 }), (row += 1);
  }
}

function freeSpot(near, turn) {
  const taken = [...places.values()];
  for (let i = 0; i < 24; i += 1) {
    const radius = 90 + 12 * i;
    const at = { x: near.x + radius * Math.cos(turn + i * 0.9), y: near.y + radius * Math.sin(turn + i * 0.9) };
    if (i === 23 || taken.every((other) => Math.hypot(other.x - at.x, other.y - at.y) > 55)) return at;
  }
  return near;
}

function arrangeStage() {
  const ids = [...stage.ids].sort((a, b) => rankOf(a) - rankOf(b));
  const named = ids.length <= NAMED;
  const points = ids.map((id) => {
    const radius = nodeOf.get(id)?.size ?? 8;
    const width = named ? Math.max(2 * radius + 10, LETTER * Math.min(nameOf(id).length, 30) + 14) : 2 * radius + 16;
    return { ...places.get(id), width, height: 2 * radius + (named ? 32 : 16), fixed: state.pinned.has(id) };
  });
  const number = new Map(ids.map((id, i) => [id, i]));
  const links = new Map(stage.edges.map((edge) => [`${edge.from} ${edge.to}`, [number.get(edge.from), number.get(edge.to)]]));
  relax(points, [...links.values()]);
  ids.forEach((id, i) => places.set(id, { x: points[i].x, y: points[i].y }));
}

function describe() {
  const drawn = stage.ids.size;
  byId("canvas").setAttribute("aria-label", `Graph of ${plural(drawn, "name")} and ${plural(stage.edges.length, "link")}. List and Table have the same in words.`);
  const notice = byId("notice");
  notice.hidden = stage.left <= 0 && drawn > 0;
  const more = `The ${plural(drawn, "most central name")} of ${(drawn + stage.left).toLocaleString("en")} are drawn. Search finds the others and adds them.`;
  const none = entities.length ? "Nothing is left by these filters." : "No article names anybody.";
  notice.textContent = drawn ? more : none;
}

// The room that the panel leaves free, in pixels of the stage.
function freeRoom() {
  const canvas = byId("canvas").getBoundingClientRect();
  const panel = byId("panel").getBoundingClientRect();
  const open_ = panel.width > 0;
  const right = open_ && !small() ? Math.max(canvas.right - panel.left, 0) : 0;
  const bottom = open_ && small() ? Math.max(canvas.bottom - panel.top, 0) : 0;
  return { width: Math.max(canvas.width - right, 120), height: Math.max(canvas.height - bottom, 120), right, bottom };
}

// All of the stage, or some of it; on a small screen no smaller than can be read.
function overview(some = null, { animate = false, closest = 1.5 } = {}) {
  const ids = [...(some || stage.ids)].filter((id) => places.has(id));
  if (!ids.length) return;
  const at = ids.map((id) => places.get(id));
  const [left, right] = [Math.min(...at.map((p) => p.x)), Math.max(...at.map((p) => p.x))];
  const [top, bottom] = [Math.min(...at.map((p) => p.y)), Math.max(...at.map((p) => p.y))];
  const room = freeRoom();
  const margin = small() ? 50 : 75; // of names at the rim
  const scale = Math.min((room.width - 2 * margin) / Math.max(right - left, 1), (room.height - 76) / Math.max(bottom - top, 1), closest);
  let middle = { x: (left + right) / 2, y: (top + bottom) / 2 };
  const readable = small() ? 0.55 : 0.12;
  if (scale < readable) middle = places.get([...ids].sort((a, b) => rankOf(a) - rankOf(b))[0]);
  const motion = animate && !calm() ? { duration: 350, easingFunction: "easeInOutQuad" } : false;
  moveTo(middle, Math.max(scale, readable), room, motion);
}

function moveTo(position, scale, room, animation) {
  thinEdges(scale);
  network.moveTo({ position, scale, offset: { x: -room.right / 2, y: -room.bottom / 2 }, animation });
}

// Lines are as thin on the screen however near one looks.
let lineScale = 1;
function thinEdges(scale) {
  if (Math.abs(Math.log(scale / lineScale)) < 0.2) return;
  lineScale = scale;
  const width = Math.max(0.35, Math.min(stage.edges.length > 1500 ? 0.7 : 1.3, 1.3)) / Math.max(Math.min(scale, 4), 0.05);
  network.setOptions({ edges: { width, selectionWidth: 0.4 / scale, hoverWidth: 0.6 / scale } });
}

function zoom(factor) {
  const scale = Math.min(Math.max(network.getScale() * factor, 0.03), 6);
  thinEdges(scale);
  network.moveTo({ scale, animation: !calm() && { duration: 150 } });
}

// What stands out: the selected and its neighbours, or a path; all else steps back.
function spotlight() {
  const steps = currentPath();
  if (steps.length) return { nodes: new Set(steps.flatMap((s) => [s.start, s.end])), edges: new Set(steps.map((s) => s.edge.id)) };
  const chosen = state.selected;
  if (!chosen || "document" in chosen) return null;
  const [one, other] = chosenEntities();
  const around = stage.edges.filter((edge) => (other === undefined ? edge.from === one || edge.to === one : [one, other].includes(edge.from) && [one, other].includes(edge.to)));
  return { nodes: new Set([...chosenEntities(), ...around.flatMap((edge) => [edge.from, edge.to])].filter((id) => stage.ids.has(id))), edges: new Set(around.map((edge) => edge.id)) };
}

let lit = null;
function mirrorSelection() {
  lit = spotlight();
  network.setSelection({ nodes: chosenEntities().filter((id) => stage.ids.has(id)), edges: lit ? [...lit.edges] : [] }, { unselectAll: true, highlightEdges: false });
  network.redraw();
}

// Bring the selected into the room that the panel leaves.
function show() {
  const ids = lit ? [...lit.nodes] : chosenEntities();
  if (!ids.length || state.tab !== "graph") return;
  const room = freeRoom();
  const scale = network.getScale();
  const visible = (id) => {
    const at = network.canvasToDOM(places.get(id));
    return at.x > 60 && at.y > 30 && at.x < room.width - 60 && at.y < room.height - 40;
  };
  if (ids.every(visible) && scale > 0.45) return;
  overview(ids, { animate: true, closest: Math.max(Math.min(scale, 1.4), 1) });
}

function neighboursOf(index) {
  return [...new Set(edgesOf[index].filter((edge) => open(otherEnd(edge, index)) && shownOf(edge).length).map((edge) => otherEnd(edge, index)))];
}

network.on("click", ({ pointer, event }) => {
  const node = network.getNodeAt(pointer.DOM);
  const edge = edgeById.get(network.getEdgeAt(pointer.DOM));
  const source = event.srcEvent;
  if (node !== undefined && source && (source.shiftKey || source.ctrlKey || source.metaKey) && chosenEntities().length === 1) setPath([chosenEntities()[0], node]);
  else if (node !== undefined) pick(node);
  else if (edge) select({ pair: [edge.from, edge.to], statement: shownOf(edge)[0] });
  else select(null);
});
network.on("doubleClick", ({ pointer }) => {
  const node = network.getNodeAt(pointer.DOM);
  if (node !== undefined) expand(node);
});
network.on("dragEnd", ({ nodes: [node] }) => {
  if (node === undefined) return;
  const at = network.getPosition(node);
  places.set(node, at);
  state.pinned.set(node, at);
  seen.nodes.update({ id: node, ...nodeLook(node) });
  changed("pins");
});
network.on("zoom", ({ scale }) => thinEdges(scale));
network.on("hoverNode", ({ node }) => point(node));
network.on("blurNode", () => point(null));
network.on("hoverEdge", () => byId("canvas").classList.add("pointing"));
network.on("blurEdge", () => byId("canvas").classList.remove("pointing"));

function point(node) {
  hovered = node;
  byId("canvas").classList.toggle("pointing", node !== null);
  network.redraw();
}

// Choosing a node while a path is being asked for gives the path its other end.
function pick(index) {
  if (state.path.length === 1 && state.path[0] !== index) setPath([state.path[0], index]);
  else select({ entity: index });
}

function expand(index) {
  [index, ...neighboursOf(index)].slice(0, 400).forEach((id) => state.added.add(id));
  changed("stage");
}

function hide(index, { withLeaves = false } = {}) {
  const leaves = neighboursOf(index).filter((id) => neighboursOf(id).length === 1);
  for (const id of withLeaves ? leaves : [index]) {
    state.hidden.add(id);
    state.added.delete(id);
  }
  if (!withLeaves && chosenEntities().includes(index)) state.selected = null;
  changed("stage");
}

function focusOn(indices) {
  state.focus = [...new Set(indices)];
  state.hidden.clear();
  changed("filters");
}

function pin(index, on) {
  if (on) state.pinned.set(index, network.getPosition(index));
  else state.pinned.delete(index);
  seen.nodes.update({ id: index, ...nodeLook(index) });
  changed("pins");
}
