// All statements that are shown, as a table to sort by any column.

const TABLE_STEP = 200;
const sorting = { column: "when", down: false };
const COLUMNS = {
  who: ["Who", (s) => nameOf(s.subject)],
  what: ["What", (s) => relation(s)],
  whom: ["Whom or where", (s) => (s.object === null ? dateInWords(s.literal) : nameOf(s.object))],
  when: ["When", (s) => s.date || s.start || s.literal || s.end || ""],
  place: ["Place", (s) => (s.place === null ? "" : nameOf(s.place))],
  standing: ["Stated as", (s) => s.doubt || "fact"],
  sure: ["Sure", (s) => s.confidence],
  articles: ["Articles", (s) => new Set(s.evidence.map((e) => e.document)).size],
};

function sortedStatements() {
  const key = COLUMNS[sorting.column][1];
  const keys = statements.map(key);
  const order = (a, b) => {
    if ((keys[a] === "") !== (keys[b] === "")) return keys[a] === "" ? 1 : -1; // what is not told comes last
    const way = typeof keys[a] === "number" ? keys[a] - keys[b] : keys[a].localeCompare(keys[b], "en");
    return (sorting.down ? -way : way) || a - b;
  };
  return statements.map((_, i) => i).filter((i) => passing[i]).sort(order);
}

function renderTable() {
  const order = sortedStatements();
  const body = make("tbody", {});
  const more = button("", () => add(), { class: "link more" });
  let at = 0;
  const add = () => {
    body.append(...order.slice(at, at + TABLE_STEP).map(tableRow));
    at += TABLE_STEP;
    more.hidden = at >= order.length;
    more.textContent = `Show more of ${order.length.toLocaleString("en")}`;
  };
  add();
  const heads_ = Object.entries(COLUMNS).map(([key, [title]]) => {
    const way = sorting.column === key ? (sorting.down ? "descending" : "ascending") : null;
    return make("th", { scope: "col", "aria-sort": way }, button(title, () => sortBy(key), { id: `sort-${key}` }));
  });
  replace(byId("view-table"), make("table", {}, make("caption", {}, plural(order.length, "statement"), filtered() ? " left by the filters" : ""), make("thead", {}, make("tr", {}, heads_)), body), more);
}

function tableRow(index) {
  const s = statements[index];
  const read = () => select(s.object === null || s.object === s.subject ? { entity: s.subject, statement: index } : { pair: [s.subject, s.object], statement: index }, { focus: true });
  const articles = [...new Set(s.evidence.map((e) => e.document))].filter((d) => d !== null);
  return make("tr", { class: s.kind ? "doubtful-row" : null },
    make("td", {}, entityLink(s.subject)),
    make("td", {}, button(name(relation(s)), read, { class: "link", title: "Read the sentences" })),
    make("td", {}, s.object === null ? dateInWords(s.literal) : entityLink(s.object)),
    make("td", {}, qualifiers(s) || dateInWords(s.literal)),
    make("td", {}, s.place === null ? "" : entityLink(s.place)),
    make("td", {}, s.kind ? make("strong", { class: "doubt" }, s.doubt) : "fact"),
    make("td", { class: "number" }, percent(s.confidence)),
    make("td", {}, articles.slice(0, 2).flatMap((d, i) => [i ? ", " : "", articleLink(d, index, cut(documentName(d), 42))]), articles.length > 2 ? ` +${articles.length - 2}` : ""));
}

function sortBy(column) {
  sorting.down = sorting.column === column && !sorting.down;
  sorting.column = column;
  renderTable();
  byId(`sort-${column}`).focus();
}
