// The panel beside the drawing: who somebody is, what is between two, how two are connected, an article.

function renderPanel() {
  const panel = byId("panel");
  const content = panelContent();
  panel.classList.toggle("open", content !== null);
  panel.classList.toggle("reading", Boolean(state.selected && "document" in state.selected));
  document.body.classList.toggle("with-panel", content !== null);
  if (content === null) {
    replace(panel);
    return;
  }
  const close = button("×", closePanel, { class: "close", "aria-label": "Close" });
  replace(panel, close, content);
  panel.scrollTop = 0;
}

function closePanel() {
  state.path = [];
  select(null);
}

function panelContent() {
  const chosen = state.selected;
  if (state.path.length === 2 && !chosen) return pathPanel();
  if (!chosen) return null;
  if ("document" in chosen) return articlePanel(chosen);
  if ("pair" in chosen) return pairPanel(chosen.pair);
  return entityPanel(chosen.entity);
}

function entityPanel(index) {
  const entity = entities[index];
  return [
    make("p", { class: "kind" }, mark(entity.type), kindOf(entity)),
    make("h2", { tabindex: "-1" }, name(entity.name || "?")),
    whoItIs(index),
    aliasesOf(index),
    mentionsOf(index),
    actions(index),
    roleBars(index),
    entityFacts(index, "h3"),
    articlesOf(index),
    make("p", { class: "iri" }, make("code", {}, name(whole(entity.iri)))),
  ];
}

// The post that says best who somebody is.
function whoItIs(index) {
  const posts = statementsOf[index]
    .filter((i) => passing[i] && statements[i].subject === index && predicates[statements[i].predicate].titled && statements[i].title && !statements[i].kind)
    .sort((a, b) => (statements[a].status === "former") - (statements[b].status === "former") || statements[b].evidence.length - statements[a].evidence.length || statements[b].confidence - statements[a].confidence);
  if (!posts.length) return null;
  const post = statements[posts[0]];
  const status = post.status && post.status !== "current" ? `${post.status} ` : "";
  const when = qualifiers({ ...post, status: null });
  return make("p", { class: "gist" }, status, name(post.title), post.object === null ? null : [", ", name(entities[post.object].name)], when ? `, ${when}` : null);
}

function actions(index) {
  const drawn = stage.ids.has(index);
  const more = neighboursOf(index).filter((id) => !stage.ids.has(id)).length;
  const leaves = neighboursOf(index).filter((id) => stage.ids.has(id) && neighboursOf(id).length === 1).length;
  const focused = state.focus.includes(index);
  const pinned = state.pinned.has(index);
  const asking = state.path.length === 1 && state.path[0] === index;
  return make("div", { class: "actions", role: "group", "aria-label": "In the graph" },
    focused && state.focus.length === 1 ? null : button("Only this", () => focusOn([index]), { title: "Draw only this and its neighbours" }),
    state.focus.length && !focused ? button("Add to these", () => focusOn([...state.focus, index]), { title: "Draw this and its neighbours, too" }) : null,
    state.focus.length ? button("Draw all", () => focusOn([])) : null,
    more ? button(`Add ${plural(more, "neighbour")}`, () => expand(index)) : null,
    button(asking ? "Choose the other…" : "Path to…", () => setPath(asking ? [] : [index]), { "aria-pressed": String(asking), title: "Then choose somebody else: how are the two connected?" }),
    drawn ? button(pinned ? "Unpin" : "Pin", () => pin(index, !pinned), { "aria-pressed": String(pinned) }) : null,
    drawn ? button("Hide", () => hide(index)) : null,
    drawn && leaves ? button(`Hide ${plural(leaves, "loose end")}`, () => hide(index, { withLeaves: true }), { title: "Hide neighbours that are linked to nothing else" }) : null,
  );
}

function articlesOf(index) {
  const found = new Map();
  for (const i of statementsOf[index]) for (const e of statements[i].evidence) if (e.document !== null) found.set(e.document, (found.get(e.document) || 0) + 1);
  documents.forEach((document_, number) => {
    for (let i = 2; document_.mentions && i < document_.mentions.length; i += 3) if (document_.mentions[i] === index && !found.has(number)) found.set(number, 0);
  });
  if (!found.size) return null;
  const sorted = [...found.keys()].sort((a, b) => (documents[a].date || "9").localeCompare(documents[b].date || "9", "en") || a - b);
  const items = sorted.slice(0, 100).map((number) => make("li", {}, articleLink(number), make("span", { class: "count" }, dateInWords(documents[number].date))));
  return make("details", { class: "articles" }, make("summary", {}, `Articles that name it (${found.size.toLocaleString("en")})`), make("ul", {}, items));
}

function pairPanel([one, other]) {
  const between = statementsOf[one].filter((i) => [statements[i].subject, statements[i].object].includes(other) && statements[i].subject !== statements[i].object);
  const shown = between.filter((i) => passing[i]).sort((a, b) => (state.selected.statement === b) - (state.selected.statement === a) || byTime(a, b));
  const left = between.filter((i) => !passing[i] && passesBut(i, "doubts")).length;
  return [
    make("p", { class: "kind" }, "Between the two ", counted(shown)),
    make("h2", { class: "pair", tabindex: "-1" }, entityLink(one), make("span", { class: "unseen" }, " and "), entityLink(other)),
    factList(shown, null),
    left ? button(`Show ${plural(left, "statement")} that the articles deny, plan or suppose`, showDoubts, { class: "offer" }) : null,
  ];
}

function pathPanel() {
  const steps = currentPath();
  const [one, other] = state.path;
  const head = [
    make("p", { class: "kind" }, steps.length ? `Connected in ${plural(steps.length, "step")}` : "Not connected"),
    make("h2", { class: "pair", tabindex: "-1" }, entityLink(one), make("span", { class: "unseen" }, " and "), entityLink(other)),
  ];
  if (!steps.length) return [head, make("p", { class: "quiet" }, "No chain of stated facts leads from one to the other with these filters.")];
  const items = steps.map(({ start, end }) => {
    const best = statementsOf[start]
      .filter((i) => passing[i] && !statements[i].kind && [statements[i].subject, statements[i].object].includes(end))
      .sort((a, b) => statements[b].evidence.length - statements[a].evidence.length || statements[b].confidence - statements[a].confidence)[0];
    return fact(best, null);
  });
  return [head, make("ol", { class: "facts steps" }, items)];
}

function pathHint() {
  return state.path.length === 1 ? `Choose somebody in the graph or by the search: how is ${nameOf(state.path[0])} connected to them?` : "";
}
