// What is known of an entity or between two, in words, each fact with the sentences that say it.

const SENTENCES_SHOWN = 2;

// A name that leads to its entity; <bdi> keeps the direction of one name out of the next.
function entityLink(index) {
  const entity = entities[index];
  const follow = (event) => {
    event.preventDefault();
    select({ entity: index }, { move: true, focus: true });
  };
  return make("a", { class: "entity", href: `#${encodeURI(entity.iri)}`, onclick: follow }, mark(entity.type), make("bdi", {}, entity.name));
}

// What there is of the parts, with a dot between.
const dotted = (parts) => parts.filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part]));

function sentence(evidence) {
  const parts = evidence.parts.map(([text, kind]) => (kind ? make("mark", { class: kind }, text) : text));
  const cite = make("footer", {});
  const source = evidence.document === null ? null : documents[evidence.document];
  if (source) {
    const name = source.title || source.id;
    const web = /^https?:\/\//i.test(source.source || "");
    const link = { href: source.source, rel: "noopener noreferrer", target: "_blank" };
    cite.append(
      ...dotted([
        web ? make("a", link, make("bdi", {}, name)) : make("bdi", {}, name),
        source.title && source.title !== source.id && make("bdi", {}, source.id),
        source.date && make("time", {}, source.date),
      ]),
    );
  }
  if (evidence.source !== null) cite.append(cite.childNodes.length ? " · " : "", "according to ", entityLink(evidence.source));
  return make("blockquote", { title: `found by ${evidence.extractor}` }, make("p", {}, make("bdi", {}, ...parts)), cite);
}

function sentences(statement) {
  const all = statement.evidence.map(sentence);
  const rest = all.splice(SENTENCES_SHOWN);
  const box = make("div", { class: "sentences" }, ...all);
  if (rest.length) {
    box.append(make("details", {}, make("summary", {}, plural(rest.length, "more sentence")), ...rest));
  }
  return box;
}

// One fact. `about` is the entity whose panel it stands in, or null for a fact between two that names both.
function fact(statement, about) {
  const line = make("p", { class: "fact" });
  const other = statement.subject === about ? statement.object : statement.subject;
  if (statement.doubt) line.append(make("strong", { class: "doubt" }, statement.doubt));
  if (about === null) {
    line.append(entityLink(statement.subject), make("span", { class: "title" }, make("bdi", {}, statement.label)));
    if (statement.object !== null) line.append(entityLink(statement.object));
  } else {
    if (statement.title) line.append(make("span", { class: "title" }, make("bdi", {}, statement.title)));
    if (other !== null && other !== about) line.append(entityLink(other));
  }
  if (statement.value) line.append(make("span", { class: "title" }, make("bdi", {}, statement.value)));
  const details = dotted([
    statement.qualifiers,
    statement.place !== null && make("span", {}, "in ", entityLink(statement.place)),
    statement.confidence < 1 && `confidence ${Math.round(statement.confidence * 100)}%`,
  ]);
  const below = details.length ? make("p", { class: "details" }, ...details) : "";
  return make("li", { class: statement.doubt ? "doubtful" : null }, line, below, sentences(statement));
}

// What was comes after what is; then by date.
const byTime = (a, b) => statements[a].former - statements[b].former || (statements[a].when || "9").localeCompare(statements[b].when || "9", "en") || a - b;

// The facts of an entity grouped by predicate and direction, under the headings of labels.yaml and in their order.
function factGroups(about) {
  const groups = new Map();
  for (const predicate of Object.keys(predicates)) {
    groups.set(`${predicate} forward`, { heading: predicates[predicate].forward, items: [] });
    groups.set(`${predicate} inverse`, { heading: predicates[predicate].inverse, items: [] });
  }
  for (const index of statementsOf[about]) {
    const statement = statements[index];
    if (statement.doubt && !state.showDoubtful) continue;
    const forward = statement.subject === about || !predicates[statement.predicate].inverse;
    groups.get(`${statement.predicate} ${forward ? "forward" : "inverse"}`).items.push(index);
  }
  return [...groups.values()].filter((group) => group.items.length);
}

function entityFacts(index, level) {
  const groups = factGroups(index).map((group) =>
    make(
      "section",
      {},
      make(level, {}, group.heading, make("span", { class: "count" }, String(group.items.length))),
      make("ul", { class: "facts" }, ...group.items.sort(byTime).map((i) => fact(statements[i], index))),
    ),
  );
  const empty = make("p", { class: "quiet" }, "No article states a fact about it.");
  return [doubtToggle(statementsOf[index]), ...(groups.length ? groups : [empty])];
}

// Offered only where there is something to show.
function doubtToggle(indices) {
  const count = indices.filter((i) => statements[i].doubt).length;
  if (!count) return null;
  const change = (event) => {
    state.showDoubtful = event.target.checked;
    refreshFacts();
    byId("doubtful")?.focus();
  };
  const box = make("input", { type: "checkbox", id: "doubtful", checked: state.showDoubtful, onchange: change });
  return make("label", { class: "toggle" }, box, `Show ${plural(count, "statement")} that the articles deny, plan or suppose`);
}

function entityHead(index) {
  const entity = entities[index];
  const kind = entity.subtype ? `${entity.type} · ${entity.subtype.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ").toLowerCase()}` : entity.type;
  const aliases = entity.aliases.flatMap((alias, i) => [i ? ", " : "", make("bdi", {}, alias)]);
  return [
    make("p", { class: "kind", "data-type": entity.type }, mark(entity.type), kind),
    make("h2", { tabindex: "-1" }, make("bdi", {}, entity.name)),
    aliases.length ? make("p", { class: "aliases" }, "also ", ...aliases) : null,
    make("p", { class: "quiet" }, `${plural(entity.mentions, "mention")} in ${plural(entity.documents, "document")}`),
  ];
}

const entityFoot = (index) => make("p", { class: "iri" }, make("code", {}, make("bdi", {}, entities[index].iri)));

function renderPanel() {
  const panel = byId("panel");
  panel.classList.toggle("open", state.selected !== null);
  const close = make("button", { type: "button", class: "close", "aria-label": "Close", onclick: () => select(null) }, "×");
  if (state.selected === null) {
    replace(panel, ...welcome());
  } else if ("entity" in state.selected) {
    const index = state.selected.entity;
    replace(panel, close, ...entityHead(index), ...entityFacts(index, "h3"), entityFoot(index));
  } else {
    replace(panel, close, ...edgeFacts(edgeById.get(state.selected.edge)));
  }
  panel.scrollTop = 0;
}

function edgeFacts(edge) {
  const between = statementsOf[edge.from].filter((i) => {
    const ends = [statements[i].subject, statements[i].object];
    return ends.includes(edge.from) && ends.includes(edge.to);
  });
  const shown = between.filter((i) => state.showDoubtful || !statements[i].doubt).sort(byTime);
  return [
    make("p", { class: "kind" }, "Link"),
    make("h2", { class: "pair", tabindex: "-1" }, entityLink(edge.from), make("span", { class: "unseen" }, " and "), entityLink(edge.to)),
    doubtToggle(between),
    make("ul", { class: "facts" }, ...shown.map((i) => fact(statements[i], null))),
  ];
}

// What the panel shows while nothing is selected.
function welcome() {
  const top = nodes.filter((node) => node.degree > 0).sort((a, b) => b.degree - a.degree || a.id - b.id).slice(0, 8);
  const item = (node) => make("li", {}, entityLink(node.id), make("span", { class: "count" }, String(node.degree)));
  return [
    make("h2", { tabindex: "-1" }, "Who is connected to whom"),
    make("p", { class: "quiet" }, "Choose a name or a link, in the graph or by the search, to read what the articles say of it, sentence by sentence."),
    ...(top.length ? [make("h3", {}, "Most connected"), make("ol", { class: "top" }, ...top.map(item))] : []),
  ];
}
