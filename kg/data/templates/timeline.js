// What happened when, below the drawing: meetings, appointments, and posts from their beginning to their end. Of the
// chosen, else of all that is shown.

const ITEMS = 250;

function timelineItems() {
  const about = chosenEntities();
  const pool = about.length === 1 ? statementsOf[about[0]] : about.length === 2 ? statementsOf[about[0]].filter((i) => [statements[i].subject, statements[i].object].includes(about[1])) : statements.map((_, i) => i);
  const dated = pool.filter((i) => passing[i] && ["date", "start", "end", "literal"].some((key) => isDate(statements[i][key])));
  return dated.sort((a, b) => spans[a][0].localeCompare(spans[b][0], "en") || a - b);
}

function renderTimeline() {
  const strip = byId("timeline");
  byId("timeline-button").setAttribute("aria-pressed", String(state.timeline));
  strip.hidden = !state.timeline;
  if (!state.timeline) return;
  const all = timelineItems();
  const items = all.slice(-ITEMS);
  const title = make("h2", {}, chosenEntities().length ? ["What happened: ", chosenEntities().flatMap((i, n) => [n ? " and " : "", name(nameOf(i))])] : "What happened when", make("span", { class: "count" }, all.length > ITEMS ? `the last ${ITEMS} of ${all.length.toLocaleString("en")}` : String(all.length)));
  if (!items.length) {
    replace(strip, title, make("p", { class: "quiet" }, "Nothing that is shown has a date."));
    return;
  }
  replace(strip, title, make("ol", { class: "moments" }, moments(items)));
}

// Moments in order of time under their year; a post is told at its beginning and at its end.
function moments(items) {
  const told = items.flatMap((i) => {
    const s = statements[i];
    const day = [s.date, s.literal].find(isDate);
    if (day) return [{ i, date: day, words: "" }];
    return [isDate(s.start) && { i, date: s.start, words: s.end ? "from" : "since" }, isDate(s.end) && { i, date: s.end, words: "until" }].filter(Boolean);
  }).sort((a, b) => a.date.localeCompare(b.date, "en") || a.i - b.i);
  const years = new Map();
  for (const moment of told) years.set(moment.date.slice(0, 4), [...(years.get(moment.date.slice(0, 4)) || []), moment]);
  return [...years].map(([year, list]) => make("li", { class: "year" }, make("h3", {}, year), make("ol", {}, list.map(momentItem))));
}

function momentItem({ i, date, words }) {
  const s = statements[i];
  const where = s.place === null ? "" : ` in ${nameOf(s.place)}`;
  const follow = () => select(s.object === null || s.object === s.subject ? { entity: s.subject } : { pair: [s.subject, s.object], statement: i }, { focus: true });
  const day = date.length > 4 ? dateInWords(date).replace(/ \d{4}$/, "") : "";
  return make("li", { class: s.kind ? "doubtful-moment" : null }, make("time", { datetime: date }, [words, day].filter(Boolean).join(" ")),
    button([s.kind ? make("strong", { class: "doubt" }, s.doubt) : "", " ", name(inWords(s) + where)], follow, { class: "moment" }));
}

byId("timeline-button").addEventListener("click", () => {
  state.timeline = !state.timeline;
  changed("view");
});
