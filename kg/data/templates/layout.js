// Laying out what the filters leave. The opening layout is made by kg (layout.py); this one begins from it, so that what
// stays keeps its neighbourhood, and moves closer together.

const SAMPLE = 300; // nodes that push each of the others in one round
const GRAVITY = 0.35; // towards the middle of all
const WORK = 2.5e7; // pairs looked at in all: about a third of a second

// `points` have {x, y, width, height, fixed}; `links` are pairs of their indices. Moves the points.
function relax(points, links) {
  const count = points.length;
  if (count < 2) return;
  const area = points.reduce((sum, p) => sum + p.width * p.height, 0) / count;
  const spacing = 1.3 * Math.sqrt(area);
  const sample = Math.min(count, SAMPLE);
  const rounds = Math.max(25, Math.min(200, Math.round(WORK / (count * sample))));
  for (let turn = 0; turn < rounds; turn += 1) {
    const heat = spacing * (1.5 * (1 - turn / rounds) + 0.02);
    step(points, links, { spacing, sample, heat, turn });
  }
  moveApart(points);
}

function step(points, links, { spacing, sample, heat, turn }) {
  const count = points.length;
  const stride = Math.max(1, Math.floor(count / sample));
  const weight = stride;
  const reach = (6 * spacing) ** 2;
  const dx = new Float64Array(count);
  const dy = new Float64Array(count);
  for (let i = 0; i < count; i += 1) {
    for (let j = turn % stride; j < count; j += stride) {
      const x = points[i].x - points[j].x;
      const y = points[i].y - points[j].y;
      const far = x * x + y * y;
      if (far > reach) continue; // what is not linked need not be far away
      const push = (weight * spacing * spacing) / (far + 0.05 * spacing);
      dx[i] += x * push;
      dy[i] += y * push;
    }
    dx[i] -= GRAVITY * points[i].x;
    dy[i] -= GRAVITY * 1.3 * points[i].y; // a screen is wider than high
  }
  for (const [a, b] of links) {
    const x = points[a].x - points[b].x;
    const y = points[a].y - points[b].y;
    const pull = Math.hypot(x, y) / spacing;
    dx[a] -= x * pull;
    dy[a] -= y * pull;
    dx[b] += x * pull;
    dy[b] += y * pull;
  }
  for (let i = 0; i < count; i += 1) {
    if (points[i].fixed) continue;
    const length = Math.hypot(dx[i], dy[i]) + 1e-9;
    points[i].x += (dx[i] / length) * Math.min(length, heat);
    points[i].y += (dy[i] / length) * Math.min(length, heat);
  }
}

// Move boxes that overlap off each other, along the shorter way. Sorted by x, so that only neighbours are compared.
function moveApart(points) {
  const widest = Math.max(...points.map((p) => p.width));
  for (let round = 0; round < 80; round += 1) {
    const sorted = [...points].sort((a, b) => a.x - b.x);
    let hit = false;
    for (let i = 0; i < sorted.length; i += 1) {
      for (let j = i + 1; j < sorted.length && sorted[j].x - sorted[i].x < widest; j += 1) hit = separate(sorted[i], sorted[j]) || hit;
    }
    if (!hit) return;
  }
}

function separate(a, b) {
  const overX = (a.width + b.width) / 2 - Math.abs(a.x - b.x);
  const overY = (a.height + b.height) / 2 - Math.abs(a.y - b.y);
  if (overX <= 0 || overY <= 0 || (a.fixed && b.fixed)) return false;
  const axis = overX < overY ? "x" : "y";
  const way = a[axis] <= b[axis] ? -1 : 1;
  const by = Math.min(overX, overY) + 0.01;
  if (!a.fixed) a[axis] += way * by * (b.fixed ? 1 : 0.5);
  if (!b.fixed) b[axis] -= way * by * (a.fixed ? 1 : 0.5);
  return true;
}
