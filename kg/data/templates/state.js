// What the reader has chosen. All of it stands in the address after "#", so that a link, the back button and loading the
// page again bring it back.

const fresh = () => ({
  tab: "graph",
  selected: null, // {entity}, {pair: [a, b]}, {document, statement} or null
  types: new Set(), // switched off
  predicates: new Set(), // switched off
  doubts: new Set(), // kinds of statements, not stated as fact, that are shown
  role: "",
  document: null,
  source: "",
  confidence: 0,
  since: "",
  until: "",
  asOf: "",
  lonely: !edges.some((edge) => edge.asserted), // entities without links
  focus: [], // only these and their neighbours
  hidden: new Set(),
  added: new Set(), // drawn because somebody asked for them
  pinned: new Map(), // where somebody put them: {x, y}
  path: [], // two entities, or one while the other is being chosen
  timeline: false,
});

// As the page was opened without an address.
function opening() {
  const first = fresh();
  const wanted = data.opening;
  for (const key of ["tab", "confidence", "since", "until", "source", "timeline"]) if (wanted[key]) first[key] = wanted[key];
  if (wanted.as_of) first.asOf = wanted.as_of;
  if (wanted.doubtful) first.doubts = new Set(Object.keys(data.doubts));
  if (wanted.document) first.document = documentById.get(wanted.document) ?? null;
  if (wanted.role) first.role = roles().find((role) => role === wanted.role || roleName(role) === roleName(wanted.role)) || "";
  if (data.focus.length) first.selected = { entity: data.focus[0] };
  if (data.focus.length > 1) first.focus = [...data.focus];
  return first;
}

const roles = () => [...new Set(statements.map((s) => s.role).filter(Boolean))].sort((a, b) => roleName(a).localeCompare(roleName(b), "en"));

const state = fresh();

const short_ = (index) => entities[index].iri;
const entityAt = (iri) => entityByIri.get(whole(iri));

// The state as the part of an address after "#"; what is as at the opening is left out.
function address() {
  const parts = new URLSearchParams();
  const usual = opening();
  const put = (key, value, usually) => {
    if (String(value) !== String(usually)) parts.append(key, value);
  };
  const putAll = (key, values) => [...values].forEach((value) => parts.append(key, value));
  put("view", state.tab, usual.tab);
  const chosen = state.selected;
  if (chosen && "entity" in chosen) parts.append("who", short_(chosen.entity));
  else if (chosen && "pair" in chosen) putAll("between", chosen.pair.map(short_));
  else if (chosen && "document" in chosen) parts.append("article", documents[chosen.document].id);
  else if (usual.selected) parts.append("who", "");
  if (chosen && chosen.statement !== undefined) parts.append("statement", statements[chosen.statement].id);
  putAll("without", state.types);
  putAll("no", state.predicates);
  if ([...state.doubts].sort().join() !== [...usual.doubts].sort().join()) parts.append("also", [...state.doubts].join(" "));
  put("role", state.role, usual.role);
  put("from-article", state.document === null ? "" : documents[state.document].id, usual.document === null ? "" : documents[usual.document].id);
  put("source", state.source, usual.source);
  put("sure", state.confidence, usual.confidence);
  put("since", state.since, usual.since);
  put("until", state.until, usual.until);
  put("as-of", state.asOf, usual.asOf);
  put("alone", state.lonely ? 1 : 0, usual.lonely ? 1 : 0);
  putAll("focus", state.focus.map(short_));
  putAll("hidden", [...state.hidden].map(short_));
  putAll("added", [...state.added].map(short_));
  for (const [index, at] of state.pinned) parts.append("pin", `${Math.round(at.x)} ${Math.round(at.y)} ${short_(index)}`);
  putAll("path", state.path.map(short_));
  put("timeline", state.timeline ? 1 : 0, usual.timeline ? 1 : 0);
  return parts.toString().replaceAll("%2F", "/").replaceAll("%3A", ":");
}

// Read the state from the address; what is not understood is passed over.
function readAddress() {
  const hash = location.hash.slice(1);
  const read = opening();
  if (hash) readParts(read, hash);
  Object.assign(state, read);
}

function readParts(read, hash) {
  const parts = new URLSearchParams(hash);
  const bare = entityByIri.get(decodeURISafe(hash)); // the identifier alone, as links from elsewhere have it
  if (bare !== undefined) {
    read.selected = { entity: bare };
    return;
  }
  const all = (key) => parts.getAll(key).map(entityAt).filter((index) => index !== undefined);
  const text = (key, usually) => parts.get(key) ?? usually;
  const day = (key, usually) => (/^(\d{4}(-\d\d(-\d\d)?)?)?$/.test(text(key, usually)) ? text(key, usually) : usually);
  const flag = (key, usually) => (parts.has(key) ? parts.get(key) === "1" : usually);
  if (["graph", "list", "table"].includes(parts.get("view"))) read.tab = parts.get("view");
  read.selected = readSelection(parts, all, read.selected);
  read.types = new Set(parts.getAll("without").filter((type) => type in types));
  read.predicates = new Set(parts.getAll("no").filter((predicate) => predicate in predicates));
  if (parts.has("also")) read.doubts = new Set(parts.get("also").split(" ").filter((kind) => kind in data.doubts));
  read.role = text("role", read.role);
  read.source = text("source", read.source);
  if (parts.has("from-article")) read.document = documentById.get(parts.get("from-article")) ?? null;
  read.confidence = Math.min(Math.max(Number(text("sure", read.confidence)) || 0, 0), 1);
  read.since = day("since", read.since);
  read.until = day("until", read.until);
  read.asOf = day("as-of", read.asOf);
  read.lonely = flag("alone", read.lonely);
  read.timeline = flag("timeline", read.timeline);
  if (parts.has("focus")) read.focus = all("focus");
  read.hidden = new Set(all("hidden"));
  read.added = new Set(all("added"));
  for (const pin of parts.getAll("pin")) {
    const [, x, y, iri] = /^(-?\d{1,6}) (-?\d{1,6}) (.*)$/s.exec(pin) || [];
    const index = iri === undefined ? undefined : entityAt(iri);
    if (index !== undefined) read.pinned.set(index, { x: Number(x), y: Number(y) });
  }
  read.path = all("path").slice(0, 2);
}

function readSelection(parts, all, usually) {
  const statement = statementById.get(whole(parts.get("statement") || "")) ?? undefined;
  if (parts.has("who")) return all("who").length ? { entity: all("who")[0] } : null;
  if (all("between").length === 2) return { pair: all("between"), statement };
  const number = documentById.get(parts.get("article"));
  return number === undefined ? usually : { document: number, statement };
}

function decodeURISafe(text) {
  try {
    return decodeURI(text);
  } catch {
    return text; // not an address that this page wrote
  }
}

// `step` makes a step that the back button takes back.
function writeAddress(step) {
  const hash = `#${address()}`;
  if (location.hash === hash || (hash === "#" && !location.hash)) return;
  try {
    history[step ? "pushState" : "replaceState"](null, "", hash === "#" ? location.pathname + location.search : hash);
  } catch {
    // A page inside another, as in a notebook, has no address of its own.
  }
}
