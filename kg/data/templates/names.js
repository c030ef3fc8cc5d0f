// Names and words on the drawing, in pixels of the screen: never too small, never on top of one another. The most
// central come first; the others grow in as one comes nearer. And soft grounds behind those that belong together.

const SIZES = { head: 14, name: 12, edge: 11 };
const CELL = 48;
const MOST_HEADS = 30;
let written = []; // the names on the screen: {id, text, x, y, width, height, size}
let wordsWritten = []; // and the words on edges
const widths = new Map();
const heads = new Set(); // the most central of each community
const clans = new Map();
for (const node of nodes) {
  if (node.community === undefined) continue;
  if (!clans.has(node.community)) clans.set(node.community, []);
  clans.get(node.community).push(node.id);
}
for (const members of [...clans.values()].filter((all) => all.length > 3).sort((a, b) => b.length - a.length).slice(0, MOST_HEADS)) {
  heads.add(members.find((id) => entities[id].type !== "Place") ?? members[0]);
}

function widthOf(ctx, text, font) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

const meet = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width && a.y < b.y + b.height && b.y < a.y + a.height;

// Boxes in cells, to find quickly whether a new one is free.
class Room {
  constructor(width, height) {
    this.width = width;
    this.height = height;
    this.cells = new Map();
  }

  each(box, visit) {
    for (let x = Math.floor(box.x / CELL); x <= Math.floor((box.x + box.width) / CELL); x += 1) {
      for (let y = Math.floor(box.y / CELL); y <= Math.floor((box.y + box.height) / CELL); y += 1) {
        if (visit(x * 4096 + y)) return true;
      }
    }
    return false;
  }

  inside(box) {
    return box.x >= 2 && box.y >= 2 && box.x + box.width <= this.width - 2 && box.y + box.height <= this.height - 2;
  }

  free(box, but) {
    return !this.each(box, (key) => (this.cells.get(key) || []).some((other) => other.id !== but && meet(box, other)));
  }

  // How many boxes lie under one.
  under(box, but) {
    const found = new Set();
    this.each(box, (key) => {
      for (const other of this.cells.get(key) || []) if (other.id !== but && meet(box, other)) found.add(other);
      return false;
    });
    return found.size;
  }

  take(box) {
    this.each(box, (key) => {
      if (!this.cells.has(key)) this.cells.set(key, []);
      this.cells.get(key).push(box);
      return false;
    });
  }
}

function writeNames(ctx) {
  const scale = network.getScale();
  const room = new Room(ctx.canvas.clientWidth, ctx.canvas.clientHeight);
  const discs = new Room(room.width, room.height);
  const spots = new Map();
  for (const id of lit ? lit.nodes : stage.ids) {
    const node = network.body.nodes[id];
    if (!node) continue; // on its way
    const at = network.canvasToDOM(node);
    if (at.x < -20 || at.y < -20 || at.x > room.width + 20 || at.y > room.height + 20) continue;
    const radius = (nodeOf.get(id)?.size ?? 8) * scale;
    spots.set(id, { ...at, radius });
    discs.take({ id, x: at.x - radius, y: at.y - radius, width: 2 * radius, height: 2 * radius });
  }
  written = [];
  for (const id of nameOrder(spots)) {
    const box = fitName(ctx, id, spots.get(id), room, discs);
    if (!box) continue;
    room.take(box);
    written.push(box);
  }
  wordsWritten = edgeWords(ctx, scale, room, discs);
  ctx.lineJoin = "round";
  ctx.textBaseline = "middle";
  for (const box of wordsWritten) write(ctx, box, box.asserted ? palette.quiet : palette.doubt, 5);
  for (const box of [...written].reverse()) write(ctx, box, palette.ink, 3.5);
}

function write(ctx, box, fill_, halo) {
  ctx.font = box.font;
  ctx.strokeStyle = palette.paper;
  ctx.lineWidth = halo;
  ctx.strokeText(box.text, box.x + 3, box.y + box.height / 2);
  ctx.fillStyle = fill_;
  ctx.fillText(box.text, box.x + 3, box.y + box.height / 2);
}

// Who gets a name first: the chosen, those that stand out, the heads of communities, then by rank.
function nameOrder(spots) {
  const first = new Set([...chosenEntities(), ...state.focus, ...state.path, hovered].filter((id) => id !== null && spots.has(id)));
  const order = [...first];
  const rest = [...spots.keys()].filter((id) => !first.has(id)).sort((a, b) => rankOf(a) - rankOf(b));
  if (!lit) order.push(...rest.filter((id) => heads.has(id)));
  order.push(...rest.filter((id) => lit || !heads.has(id)));
  return order;
}

function fitName(ctx, id, { x, y, radius }, room, discs) {
  const head = heads.has(id) && stage.ids.size > 25;
  const chosen = id === hovered || chosenEntities().includes(id);
  const size = head ? SIZES.head : SIZES.name;
  const font = `${head || chosen ? "600 " : ""}${size}px ${palette.face}`;
  const text = cut(nameOf(id), chosen ? 48 : stage.ids.size > NAMED ? 26 : 30);
  const width = widthOf(ctx, text, font) + 6;
  const height = size + 4;
  const gap = radius + 1;
  const spots = [
    { x: x - width / 2, y: y + gap },
    { x: x + gap + 1, y: y - height / 2 },
    { x: x - gap - 1 - width, y: y - height / 2 },
    { x: x - width / 2, y: y - gap - height },
    ...(head || chosen ? [[1, 1], [-1, 1], [1, -1], [-1, -1]].map(([right, down]) => ({ x: x + right * radius * 0.7 - (right < 0 ? width : 0), y: y + down * gap - (down < 0 ? height : 0) })) : []),
  ].map((spot) => ({ ...spot, id, text, width, height, font, size, bold: head || chosen }));
  const free = spots.filter((spot) => room.inside(spot) && room.free(spot));
  const clear = free.find((spot) => discs.free(spot, id));
  if (clear || !(head || chosen || lit)) return clear || null;
  return free.map((spot) => [discs.under(spot, id), spot]).sort((a, b) => a[0] - b[0])[0]?.[1] || null;
}

const EDGE_WORDS = 160;
function edgeWords(ctx, scale, room, discs) {
  const drawn = stage.edges.filter((edge) => (lit ? lit.edges.has(edge.id) : scale > 0.85));
  if (drawn.length > (lit ? 60 : 2000)) return [];
  const font = `${SIZES.edge}px ${palette.face}`;
  const found = [];
  for (const edge of drawn) {
    if (found.length >= EDGE_WORDS) break;
    const line = network.body.edges[edge.id]?.edgeType;
    if (!line) continue;
    const text = cut(edgeLabel(edge), 30);
    const width = widthOf(ctx, text, font) + 6;
    const spots = [0.5, 0.4, 0.6].map((t) => {
      const at = network.canvasToDOM(line.getPoint(t));
      return { x: at.x - width / 2, y: at.y - 7, width, height: 14, id: edge.id, text, font, size: SIZES.edge, asserted: edge.asserted };
    });
    const spot = spots.find((box) => room.inside(box) && room.free(box) && discs.free(box));
    if (!spot) continue;
    room.take(spot);
    found.push(spot);
  }
  return found;
}

// "finance minister +2": the best supported of what stands between two with one predicate, and how many more.
function edgeLabel(edge) {
  const shown = shownOf(edge).map((i) => statements[i]).sort((a, b) => b.evidence.length - a.evidence.length || b.confidence - a.confidence);
  const words = [...new Set(shown.map((s) => (s.kind ? `${s.doubt}: ${relation(s)}` : relation(s))))];
  return words.length > 1 ? `${words[0]} +${words.length - 1}` : words[0] || "";
}

// A rounded ground under each community of some size.
function drawGrounds(ctx) {
  if (restricted() || stage.ids.size < 25) return;
  ctx.fillStyle = palette.hull;
  ctx.strokeStyle = palette.hull;
  ctx.lineJoin = "round";
  for (const members of clans.values()) {
    const points = members.filter((id) => stage.ids.has(id)).map((id) => network.body.nodes[id]).filter(Boolean);
    if (points.length < 4) continue;
    const rim = hull(points);
    ctx.lineWidth = 64;
    ctx.beginPath();
    rim.forEach((p, i) => (i ? ctx.lineTo(p.x, p.y) : ctx.moveTo(p.x, p.y)));
    ctx.closePath();
    ctx.stroke();
    ctx.fill();
  }
}

// The convex hull of points, by Andrew's monotone chain.
function hull(points) {
  const sorted = [...points].sort((a, b) => a.x - b.x || a.y - b.y);
  const half = (list) => {
    const chain = [];
    for (const p of list) {
      while (chain.length > 1) {
        const [a, b] = chain.slice(-2);
        if ((b.x - a.x) * (p.y - a.y) - (b.y - a.y) * (p.x - a.x) > 0) break;
        chain.pop();
      }
      chain.push(p);
    }
    return chain.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

network.on("beforeDrawing", drawGrounds);
network.on("afterDrawing", (ctx) => {
  if (lit) lightUp(ctx);
  ctx.save();
  const ratio = ctx.canvas.width / ctx.canvas.clientWidth;
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  writeNames(ctx);
  ctx.restore();
  document.documentElement.dataset.settled = "true";
});

// A veil over all, and what stands out once more on top of it.
function lightUp(ctx) {
  ctx.save();
  ctx.setTransform(1, 0, 0, 1, 0, 0);
  ctx.globalAlpha = 0.86;
  ctx.fillStyle = palette.paper;
  ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height);
  ctx.restore();
  for (const id of lit.edges) {
    network.body.edges[id]?.draw(ctx);
    network.body.edges[id]?.drawArrows(ctx);
  }
  for (const id of lit.nodes) network.body.nodes[id]?.draw(ctx);
}
