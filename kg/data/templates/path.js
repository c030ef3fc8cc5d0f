// How two are connected: the shortest way over what is shown and stated as fact. As in `kg path`, a way through people
// and small organizations is better than one through a country or another hub that everybody is linked to.

const HUB_COST = 0.25; // times log2(1 + number of neighbours)
const PLACE_COST = 3;
let pathKnown = { key: "", steps: [] };

function currentPath() {
  if (state.path.length < 2) return [];
  const key = `${state.path.join(" ")} ${[...state.hidden].join(" ")} ${[...state.types].join()}`;
  if (pathKnown.key !== key || pathKnown.passing !== passing) pathKnown = { key, passing, steps: findPath(...state.path) };
  return pathKnown.steps;
}

function findPath(start, goal) {
  const links = edges.filter((edge) => edge.asserted && open(edge.from) && open(edge.to) && shownOf(edge).length);
  const around = new Map();
  for (const edge of links) {
    for (const end of [edge.from, edge.to]) {
      if (!around.has(end)) around.set(end, []);
      around.get(end).push(edge);
    }
  }
  const cost = (index) => (entities[index].type === "Place" ? PLACE_COST : 0) + HUB_COST * Math.log2(1 + new Set((around.get(index) || []).map((edge) => otherEnd(edge, index))).size);
  const known = new Map([[start, { far: 0 }]]);
  const done = new Set();
  const heap = [[0, start]];
  while (heap.length) {
    const [far, at] = pop(heap);
    if (done.has(at)) continue;
    done.add(at);
    if (at === goal) break;
    for (const edge of around.get(at) || []) {
      const next = otherEnd(edge, at);
      const length = far + 1 + (cost(at) + cost(next)) / 2;
      if (done.has(next) || (known.has(next) && known.get(next).far <= length)) continue;
      known.set(next, { far: length, edge, from: at });
      push(heap, [length, next]);
    }
  }
  if (!known.has(goal) || start === goal) return [];
  const steps = [];
  for (let at = goal; at !== start; at = known.get(at).from) steps.unshift({ start: known.get(at).from, end: at, edge: known.get(at).edge });
  return steps;
}

function push(heap, item) {
  heap.push(item);
  for (let i = heap.length - 1; i > 0; ) {
    const above = (i - 1) >> 1;
    if (heap[above][0] <= heap[i][0]) return;
    [heap[above], heap[i]] = [heap[i], heap[above]];
    i = above;
  }
}

function pop(heap) {
  const top = heap[0];
  const last = heap.pop();
  if (heap.length) {
    heap[0] = last;
    for (let i = 0; ; ) {
      const least = [2 * i + 1, 2 * i + 2].filter((child) => child < heap.length).reduce((a, b) => (heap[b][0] < heap[a][0] ? b : a), i);
      if (least === i) break;
      [heap[least], heap[i]] = [heap[i], heap[least]];
      i = least;
    }
  }
  return top;
}

function setPath(ends) {
  state.path = ends;
  if (ends.length === 2) state.selected = null;
  changed("path");
}
