// The column of legend and filters. Each count says what the other filters leave.

const bins = timeBins();

// Years, or months where all lies within three years, that statements speak of.
function timeBins() {
  const starts = spans.filter(Boolean).map(([first]) => first);
  const years = new Set(starts.map((date) => date.slice(0, 4)));
  const size = years.size > 3 ? 4 : 7;
  const keys = [...new Set(starts.map((date) => date.slice(0, size)))].sort();
  if (keys.length <= 48) return keys;
  return [...new Set(keys.map((key) => `${key.slice(0, 3)}0`))]; // decades
}

const binOf = (date) => bins.findLastIndex((key) => key <= date);

function renderFilters() {
  const tick = (label, checked, change, count, ...before) =>
    make("label", {}, make("input", { type: "checkbox", checked, onchange: (event) => change(event.target.checked) }), before, make("span", {}, label), make("span", { class: "count" }, count.toLocaleString("en")));
  const flip = (set, key, why = "filters") => (on) => {
    if (on) set.delete(key);
    else set.add(key);
    changed(why);
  };
  const alone = entities.filter((_, i) => !nodeOf.has(i)).length;
  replace(byId("types"),
    Object.keys(types).map((type) => tick(types[type].plural, !state.types.has(type), flip(state.types, type), countEntities(type), mark(type))),
    alone ? tick("Without links", state.lonely, (on) => {
      state.lonely = on;
      changed("filters");
    }, alone) : null);
  const perPredicate = tally((s) => s.predicate, (s, i) => !s.kind && passesBut(i, "predicates"));
  replace(byId("predicates"), Object.keys(predicates).filter((key) => statements.some((s) => s.predicate === key)).map((key) =>
    tick(predicates[key].edge, !state.predicates.has(key), flip(state.predicates, key), perPredicate.get(key) || 0)));
  renderDoubts(tick);
  renderChoices();
  renderTimes();
  byId("reset").hidden = !filtered() && !state.doubts.size && !state.lonely;
}

function tally(key, fits) {
  const counts = new Map();
  statements.forEach((s, i) => fits(s, i) && counts.set(key(s), (counts.get(key(s)) || 0) + 1));
  return counts;
}

function countEntities(type) {
  const found = new Set();
  statements.forEach((s, i) => {
    if (passesBut(i, "types")) for (const end of [s.subject, s.object]) if (end !== null && entities[end].type === type) found.add(end);
  });
  return found.size;
}

function renderDoubts(tick) {
  const perKind = tally((s) => s.kind, (s, i) => s.kind && passesBut(i, "doubts"));
  const kinds = Object.keys(data.doubts).filter((kind) => statements.some((s) => s.kind === kind));
  byId("doubts-field").hidden = !kinds.length;
  const all = kinds.reduce((sum, kind) => sum + (perKind.get(kind) || 0), 0);
  const master = tick("Show what is not stated as fact", kinds.length > 0 && kinds.every((kind) => state.doubts.has(kind)), (on) => {
    state.doubts = new Set(on ? kinds : []);
    changed("doubts");
  }, all);
  master.className = "master";
  replace(byId("doubts"), master, kinds.map((kind) => tick(data.doubts[kind], state.doubts.has(kind), (on) => {
    if (on) state.doubts.add(kind);
    else state.doubts.delete(kind);
    changed("doubts");
  }, perKind.get(kind) || 0, make("i", { class: "dash", "aria-hidden": "true" }))));
}

function choice(id, label, options, value, change) {
  if (options.length < 2 && !value) return null;
  const select_ = make("select", { id, onchange: (event) => change(event.target.value) }, make("option", { value: "" }, "all"), options.map(([key, words]) => make("option", { value: key, selected: String(key) === String(value) }, words)));
  return make("p", { class: "choice" }, make("label", { for: id }, label), select_);
}

const ROLE_NAMES = roles();
const SOURCES = [...new Set(documents.map((d) => d.source).filter(Boolean))].sort();

function renderChoices() {
  const set = (key, read = (value) => value) => (value) => {
    state[key] = read(value);
    changed("filters");
  };
  const perRole = tally((s) => s.role, (s, i) => s.role && passesBut(i, "role"));
  const sure = make("p", { class: "choice" }, make("label", { for: "sure" }, "How sure, at least"), make("output", { for: "sure", id: "sure-words" }, percent(state.confidence)),
    make("input", { id: "sure", type: "range", min: "0", max: "1", step: "0.05", value: String(state.confidence), oninput: (event) => { byId("sure-words").textContent = percent(Number(event.target.value)); }, onchange: (event) => set("confidence", Number)(event.target.value) }));
  replace(byId("choices"),
    choice("role", "Post", ROLE_NAMES.map((role) => [role, `${roleName(role)} (${perRole.get(role) || 0})`]), state.role, set("role")),
    choice("from-article", "Article", documents.slice(0, 3000).map((d, i) => [i, cut(documentName(i), 60)]), state.document ?? "", set("document", (value) => (value === "" ? null : Number(value)))),
    choice("source", "Source", SOURCES.map((source) => [source, cut(source, 60)]), state.source, set("source")),
    sure);
}

function renderTimes() {
  byId("times-field").hidden = bins.length < 2;
  if (bins.length < 2) return;
  const counts = bins.map(() => 0);
  statements.forEach((_, i) => {
    if (spans[i] && passesBut(i, "dates")) counts[Math.max(0, binOf(spans[i][0]))] += 1;
  });
  const most = Math.max(...counts, 1);
  const [from, to] = [state.since ? Math.max(0, binOf(state.since)) : 0, state.until ? Math.max(0, binOf(state.until)) : bins.length - 1];
  const width = 200 / bins.length;
  const tall = (count) => 38 * Math.sqrt(count / most); // a few beside many are seen, too
  const bars = counts.map((count, i) => draw("rect", { x: i * width + 0.5, width: Math.max(width - 1, 1), y: 40 - tall(count), height: tall(count), class: i >= from && i <= to ? "in" : "out" }, draw("title", {}, `${dateInWords(bins[i])}: ${count}`)));
  const slide = (id, label, value, act) => make("input", { type: "range", id, "aria-label": label, min: "0", max: String(bins.length - 1), value: String(value), "aria-valuetext": dateInWords(bins[value]), onchange: (event) => act(Number(event.target.value)) });
  const since = (i) => between(i === 0 ? "" : bins[i], state.until);
  const until = (i) => between(state.since, i === bins.length - 1 ? "" : bins[i]);
  replace(byId("times"),
    draw("svg", { viewBox: "0 0 200 40", preserveAspectRatio: "none", "aria-hidden": "true", class: "histogram" }, bars),
    make("div", { class: "sliders" }, slide("since-slide", "From", from, since), slide("until-slide", "Until", to, until)),
    make("p", { class: "range" }, make("span", {}, dateInWords(state.since || bins[0])), make("span", {}, dateInWords(state.until || bins.at(-1)))));
  byId("as-of").value = state.asOf.length === 10 ? state.asOf : "";
}

function between(since, until) {
  [state.since, state.until] = since && until && early(since) > late(until) ? [until, since] : [since, until];
  changed("filters");
}

function resetFilters() {
  const usual = fresh();
  for (const key of ["types", "predicates", "doubts", "role", "document", "source", "confidence", "since", "until", "asOf", "lonely"]) state[key] = usual[key];
  changed("filters");
}

// What is set beside the filters, each with a way back.
function renderChips() {
  const chip = (words, back, label) => make("span", { class: "chip" }, words, button("×", back, { "aria-label": label }));
  const chips = state.focus.map((index) => chip(["Only ", name(nameOf(index))], () => focusOn(state.focus.filter((other) => other !== index)), `Leave out ${nameOf(index)}`));
  if (state.hidden.size) chips.push(chip(`${state.hidden.size} hidden`, () => {
    state.hidden.clear();
    changed("filters");
  }, "Show the hidden again"));
  if (state.pinned.size) chips.push(chip(`${state.pinned.size} pinned`, () => {
    state.pinned.clear();
    changed("filters");
  }, "Let go of the pinned"));
  if (state.path.length) chips.push(chip(state.path.length === 1 ? pathHint() : ["Path from ", name(nameOf(state.path[0])), " to ", name(nameOf(state.path[1]))], () => setPath([]), "No path"));
  if (state.document !== null) chips.push(chip(["Only the article ", name(cut(documentName(state.document), 40))], () => fromArticle(null), "All articles"));
  if (state.asOf) chips.push(chip(`As of ${dateInWords(state.asOf)}`, () => {
    state.asOf = "";
    changed("filters");
  }, "At any time"));
  replace(byId("chips"), chips);
}

byId("links-all").addEventListener("click", () => {
  state.predicates.clear();
  changed("filters");
});
byId("links-none").addEventListener("click", () => {
  Object.keys(predicates).forEach((key) => state.predicates.add(key));
  changed("filters");
});
byId("reset").addEventListener("click", resetFilters);
byId("as-of").addEventListener("change", (event) => {
  state.asOf = event.target.value;
  changed("filters");
});
