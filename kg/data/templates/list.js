// The same without a drawing: every entity that is shown by type and name, its facts behind it; and the articles. For
// keyboards and screen readers, and for reading.

const LIST_STEP = 400;

function renderList() {
  const view = byId("view-list");
  const opened = new Set([...view.querySelectorAll("details[id][open]")].map((item) => item.id));
  const shown = listed();
  const sections = Object.entries(types).map(([type, words]) => {
    const members = shown.filter((i) => entities[i].type === type).sort((a, b) => entities[a].name.localeCompare(entities[b].name, "en") || a - b);
    return members.length ? listSection([mark(type), words.plural], members, (i) => listItem(i, opened)) : null;
  });
  const articles = documents.map((_, i) => i).filter((i) => !filtered() || statementsIn[i].some((n) => passing[n])).sort((a, b) => (documents[b].date || "").localeCompare(documents[a].date || "", "en") || a - b);
  sections.push(articles.length ? listSection(["Articles"], articles, articleItem) : null);
  replace(view, make("h2", { class: "unseen" }, "List"), sections, sections.some(Boolean) ? null : make("p", { class: "quiet" }, "Nothing is left by these filters."));
}

function listSection(heading, members, item) {
  const section = make("section", {}, make("h2", {}, heading, make("span", { class: "count" }, members.length.toLocaleString("en"))));
  let at = 0;
  const more = button("", () => add(), { class: "link more" });
  const add = () => {
    more.remove();
    section.append(...members.slice(at, at + LIST_STEP).map(item));
    at += LIST_STEP;
    if (at >= members.length) return;
    more.textContent = `Show more of ${members.length.toLocaleString("en")}`;
    section.append(more);
  };
  add();
  return section;
}

// The facts are written when an item is opened: a large graph has thousands.
function listItem(index, opened) {
  const shown = statementsOf[index].filter((i) => passing[i]);
  const body = make("div", { class: "body" });
  const item = make("details", { id: `item-${index}`, open: opened?.has(`item-${index}`), ontoggle: (event) => event.target.open && fillItem(body, index) },
    make("summary", {}, name(entities[index].name || "?"), make("span", { class: "quiet post" }, whoItIs(index)?.textContent || ""), make("span", { class: "count" }, shown.length ? plural(shown.length, "statement") : "")), body);
  if (item.open) fillItem(body, index);
  return item;
}

function fillItem(body, index) {
  const inGraph = () => {
    state.tab = "graph";
    changed("view");
    pickFound(index);
  };
  replace(body, aliasesOf(index), mentionsOf(index), button("Show in the graph", inGraph, { class: "link" }), roleBars(index), entityFacts(index, "h3"), make("p", { class: "iri" }, make("code", {}, name(whole(entities[index].iri)))));
}

function articleItem(number) {
  return make("p", { class: "article-item" }, articleLink(number), make("span", { class: "count" }, [dateInWords(documents[number].date), plural(statementsIn[number].filter((i) => passing[i]).length, "statement")].filter(Boolean).join(" · ")));
}

function openItem(index, focus) {
  const item = byId(`item-${index}`);
  if (!item) return;
  item.open = true;
  requestAnimationFrame(() => {
    item.scrollIntoView({ block: "start" });
    if (focus) item.querySelector("summary").focus({ preventScroll: true });
  });
}
