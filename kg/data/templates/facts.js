// What is known of an entity or between two, in words, each statement once with all the sentences that say it.

// One statement. `about` is the entity whose panel it stands in, or null for one between two that names both.
function fact(index, about) {
  const statement = statements[index];
  const line = make("p", { class: "fact" });
  const other = statement.subject === about ? statement.object : statement.subject;
  if (statement.kind) line.append(make("strong", { class: "doubt" }, statement.doubt));
  const title = statement.title || (about === null ? relation(statement) : "");
  if (about === null) line.append(entityLink(statement.subject));
  if (title) line.append(make("span", { class: "title" }, name(title)));
  if (about === null ? statement.object !== null : other !== null && other !== about) line.append(entityLink(about === null ? statement.object : other));
  if (statement.literal) line.append(make("span", { class: "title" }, name(dateInWords(statement.literal))));
  const details = dotted([
    qualifiers(statement),
    statement.place !== null && make("span", {}, "in ", entityLink(statement.place)),
    statement.confidence < 1 && make("span", { title: "How sure the reading is, from 0% to 100%" }, `${percent(statement.confidence)} sure`),
    statement.sources && plural(statement.sources, "independent source"),
    statement.checked && make("span", { class: "checked" }, "checked by ", name(statement.checked)),
  ]);
  const chosen = state.selected?.statement === index;
  return make("li", { class: [statement.kind && "doubtful", chosen && "chosen"].filter(Boolean).join(" ") || null }, line, details.length ? make("p", { class: "details" }, details) : null, sentences(statement));
}

// What was comes after what is; then by date.
const byTime = (a, b) =>
  (statements[a].status === "former") - (statements[b].status === "former") || (spans[a]?.[0] || "9").localeCompare(spans[b]?.[0] || "9", "en") || a - b;

// The statements of an entity grouped by predicate and direction, under the headings of labels.yaml and in their order.
function factGroups(about) {
  const groups = new Map();
  for (const [key, words] of Object.entries(predicates)) {
    groups.set(`${key} forward`, { heading: words.forward, items: [] });
    groups.set(`${key} inverse`, { heading: words.inverse, items: [] });
  }
  for (const index of statementsOf[about].filter((i) => passing[i])) {
    const statement = statements[index];
    const forward = statement.subject === about || !predicates[statement.predicate].inverse;
    groups.get(`${statement.predicate} ${forward ? "forward" : "inverse"}`).items.push(index);
  }
  return [...groups.values()].filter((group) => group.items.length);
}

// What is stated as fact is counted; what is not, apart from it.
function counted(indices) {
  const doubted = indices.filter((i) => statements[i].kind).length;
  const stated = indices.length - doubted;
  return [make("span", { class: "count" }, stated || !doubted ? String(stated) : ""), doubted ? make("span", { class: "count doubted" }, `${stated ? "+ " : ""}${doubted} not stated as fact`) : null];
}

const FACTS_SHOWN = 12;

function factList(indices, about) {
  const items = indices.slice(0, FACTS_SHOWN).map((i) => fact(i, about));
  const list = make("ul", { class: "facts" }, items);
  const rest = indices.slice(FACTS_SHOWN);
  if (!rest.length) return list;
  const more = button(`Show ${rest.length.toLocaleString("en")} more`, () => {
    list.append(...rest.map((i) => fact(i, about)));
    more.remove();
  }, { class: "link more" });
  return make("div", {}, list, more);
}

function entityFacts(index, level) {
  const groups = factGroups(index).map((group) =>
    make("section", {}, make(level, {}, group.heading, counted(group.items)), factList(group.items.sort(byTime), index)));
  const left = statementsOf[index].filter((i) => !passing[i] && !missing[i].kind && passesBut(i, "doubts")).length;
  const other = statementsOf[index].filter((i) => !passing[i] && !passesBut(i, "doubts")).length;
  return [
    groups.length ? groups : make("p", { class: "quiet" }, statementsOf[index].length ? "The filters leave no statement about it." : "kg read no statement about it."),
    left ? button(`Show ${plural(left, "statement")} that the articles deny, plan or suppose`, showDoubts, { class: "offer" }) : null,
    other ? make("p", { class: "quiet" }, `${plural(other, "statement")} set aside by the filters.`) : null,
  ];
}

function showDoubts() {
  state.doubts = new Set(Object.keys(data.doubts));
  changed("doubts");
}

function aliasesOf(index) {
  const aliases = entities[index].aliases.flatMap((alias, i) => [i ? ", " : "", name(alias)]);
  return aliases.length ? make("p", { class: "aliases" }, "also called ", aliases) : null;
}

const mentionsOf = (index) => make("p", { class: "quiet" }, `${plural(entities[index].mentions || 0, "mention")} in ${plural(entities[index].documents || 0, "article")}`, entities[index].checked ? [", checked by ", name(entities[index].checked)] : null);

// The posts of a person, or at an organization, as bars over the years.
function roleBars(about) {
  const held = statementsOf[about].filter((i) => passing[i] && predicates[statements[i].predicate].titled && spans[i]).sort(byTime);
  const dated = held.filter((i) => isDate(statements[i].start) || isDate(statements[i].end));
  if (!dated.length) return null;
  const items = [...dated, ...held.filter((i) => !dated.includes(i))].slice(0, 14);
  const reach = items.map((i) => reachOf(statements[i]));
  const first = Math.min(...reach.map(([from]) => from)) - 0.5;
  const last = Math.max(...reach.map(([, to]) => to)) + 0.5;
  const x = (year) => 4 + (312 * (year - first)) / Math.max(last - first, 1);
  const rows = items.map((i, row) => roleBar(statements[i], reach[row], x, row * 34, about));
  const height = items.length * 34 + 20;
  const axis = yearTicks(first, last, 5).map((year) => draw("text", { x: x(year), y: height - 4, class: "tick" }, String(year)));
  const words = items.map((i) => `${inWords(statements[i])} ${qualifiers(statements[i])}`).join("; ");
  return make("section", { class: "bars" }, make("h3", {}, "Posts over time"), draw("svg", { viewBox: `0 0 320 ${height}`, role: "img", "aria-label": words }, rows, axis));
}

const asYear = (date) => Number(date.slice(0, 4)) + (Number(date.slice(5, 7) || 1) - 1) / 12 + (Number(date.slice(8, 10) || 1) - 1) / 372;

// The years of a statement; where beginning or end are not told, [.., .., known beginning, known end].
function reachOf(statement) {
  const told_ = statement.evidence.map(published).filter(isDate).sort();
  const [start, end] = [statement.start, statement.end].map((date) => (isDate(date) ? asYear(date) : null));
  const told = told_.length ? asYear(told_.at(-1)) : start ?? end;
  const from = start ?? Math.min(told, end ?? told) - 1;
  return [from, Math.max(end ?? told, from), start !== null, end !== null];
}

function roleBar(statement, [from, to, begun, ended], x, y, about) {
  const other = statement.subject === about ? statement.object : statement.subject;
  const words = [relation(statement), other === null || other === about ? "" : nameOf(other)].filter(Boolean).join(", ");
  const width = Math.max(x(to) - x(from), 3);
  return draw("g", { class: `bar-row ${statement.kind ? "doubt-row" : ""} ${begun ? "" : "open-start"} ${ended ? "" : "open-end"}` },
    draw("text", { x: 4, y: y + 12 }, cut(words, 46)),
    draw("rect", { x: x(from), y: y + 17, width, height: 8, rx: 2 }),
    begun ? null : draw("rect", { class: "fade", x: x(from), y: y + 17, width: Math.min(width, 10), height: 8 }),
    draw("title", {}, `${words} ${qualifiers(statement)}`));
}

function yearTicks(first, last, most) {
  const years = [];
  const stride = Math.max(1, Math.ceil((last - first) / most));
  for (let year = Math.ceil(first); year <= last; year += stride) years.push(year);
  return years;
}
