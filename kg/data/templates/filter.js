// Which statements the filters leave. One rule for the drawing, the list, the table, the timeline and what is saved.

const published = (sentence) => (sentence.document === null ? null : documents[sentence.document].date || null);

// The first and the last day that a statement is about; where it tells none, when the articles came out.
function spanOf(statement) {
  const own = [statement.date, statement.start, statement.end, statement.literal].filter(isDate).sort();
  const told = own.length ? own : statement.evidence.map(published).filter(isDate).sort();
  return told.length ? [told[0], told.at(-1)] : null;
}

const spans = statements.map(spanOf);
const early = (date) => date.padEnd(10, "-00"); // "1979" is "1979-00-00": before all of its days
const late = (date) => (date.length < 10 ? date.padEnd(10, "-99") : date);

// Whether it was so on a day, as far as the articles tell, by the rules of `kg query --as-of` (kg/asof.py).
const by = (date, day) => Boolean(date) && date.slice(0, day.length) <= day;

function heldOn(statement, day) {
  const told = statement.evidence.map(published);
  if (statement.kind) return told.some((date) => by(date, day));
  if (predicates[statement.predicate].term) return told.some((date) => postHeld(statement, day, date));
  const dated = statement.literal || statement.date || statement.start;
  if (dated) return by(dated, day);
  return !predicates[statement.predicate].event || told.some((date) => by(date, day));
}

// Whether a post was held on a day, by an article of a date.
function postHeld({ start, end, status }, day, told) {
  const begun = start ? by(start, day) : by(told, day) && [null, "current", "acting"].includes(status);
  if (end) return begun && end >= day.slice(0, end.length);
  return begun && (status !== "former" || !(told === null || by(told, day)));
}

const checks = {
  types: (s) => !state.types.has(entities[s.subject].type) && (s.object === null || !state.types.has(entities[s.object].type)),
  predicates: (s) => !state.predicates.has(s.predicate),
  doubts: (s) => s.kind === null || state.doubts.has(s.kind),
  role: (s) => !state.role || s.role === state.role,
  document: (s) => state.document === null || s.evidence.some((e) => e.document === state.document),
  source: (s) => !state.source || s.evidence.some((e) => e.document !== null && documents[e.document].source === state.source),
  confidence: (s) => Boolean(s.checked) || s.confidence >= state.confidence, // what a person checked is sure
  dates: (s, i) => {
    if (!state.since && !state.until) return true;
    const span = spans[i];
    return span !== null && (!state.since || late(span[1]) >= early(state.since)) && (!state.until || early(span[0]) <= late(state.until));
  },
  asOf: (s) => !state.asOf || heldOn(s, state.asOf),
};
const names_ = Object.keys(checks);

let passing = []; // for each statement, whether it is shown
let missing = []; // and by which filters it is not: a bit each

function applyFilters() {
  missing = statements.map((s, i) => names_.reduce((bits, check, n) => (checks[check](s, i) ? bits : bits | (1 << n)), 0));
  passing = missing.map((bits) => bits === 0);
}

// Whether a statement is left by all filters but these, which count what they would leave.
function passesBut(index, ...filters) {
  const aside = filters.reduce((bits, filter) => bits | (1 << names_.indexOf(filter)), 0);
  return (missing[index] & ~aside) === 0;
}

const shownOf = (edge) => edge.statements.filter((i) => passing[i]);
const filtered = () =>
  Boolean(state.types.size || state.predicates.size || state.role || state.source || state.confidence || state.since || state.until || state.asOf) || state.document !== null;

// Entities that the list has: all of the types shown; while statements are filtered, those that a shown one is about.
function listed() {
  const about = new Set();
  statements.forEach((s, i) => {
    if (!passing[i]) return;
    about.add(s.subject);
    if (s.object !== null) about.add(s.object);
  });
  const narrow = filtered();
  return entities.map((_, i) => i).filter((i) => !state.types.has(entities[i].type) && (!narrow || about.has(i) || !statementsOf[i].length && !narrow));
}
