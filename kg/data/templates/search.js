// The search box: a combobox with suggestions, as the ARIA practices describe it. Names and aliases, forgiving spelling;
// words of sentences; articles.

const MOST = { names: 6, sentences: 5, articles: 4 };
const field = byId("search");
const box = byId("suggestions");
const foldedNames = entities.map((entity) => [entity.name, ...entity.aliases].map(fold));
let foldedSentences = null; // made when first asked for
let foldedArticles = null;
let active = -1;
let picks = [];

// Names that begin with the query first, then with a word that does, then that have it; then those spelled much like it.
function findNames(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = [];
  foldedNames.forEach((all, index) => {
    const score = Math.min(...all.map((one) => (one.startsWith(wanted) ? 0 : one.includes(` ${wanted}`) ? 1 : one.includes(wanted) ? 2 : 9)));
    if (score < 9) found.push({ index, score });
  });
  if (found.length < 3 && wanted.length > 3) found.push(...findAlike(wanted, new Set(found.map(({ index }) => index))));
  return found.sort((a, b) => a.score - b.score || rankOf(a.index) - rankOf(b.index)).slice(0, MOST.names);
}

// Every word of the query is much like some word of the name.
function findAlike(wanted, known) {
  const words = wanted.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
  if (!words.length) return [];
  const found = [];
  foldedNames.forEach((all, index) => {
    if (known.has(index)) return;
    const score = Math.min(...all.map((one) => {
      const parts = one.split(/[^\p{L}\p{N}]+/u);
      let sum = 0;
      for (const word of words) {
        const most = word.length < 5 ? 1 : word.length < 9 ? 2 : 3;
        const apart = Math.min(...parts.map((part) => distance(word, part, most)));
        if (apart > most) return 99;
        sum += apart;
      }
      return sum;
    }));
    if (score < 99) found.push({ index, score: 3 + score });
  });
  return found;
}

// How many letters must be changed, put in, left out or swapped with the next; `most` + 1 where it is more than `most`.
function distance(a, b, most) {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let [before, last] = [null, Array.from({ length: b.length + 1 }, (_, i) => i)];
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= b.length; j += 1) {
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] === b[j - 1] ? 0 : 1));
      if (before && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) row[j] = Math.min(row[j], before[j - 2] + 1);
    }
    if (Math.min(...row) > most) return most + 1;
    [before, last] = [last, row];
  }
  return last[b.length];
}

// All words of the query stand in the sentence.
function findSentences(query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (fold(query).trim().length < 3) return [];
  foldedSentences ??= statements.flatMap((s, statement) => s.evidence.map((e) => ({ statement, sentence: e, folded: fold(sentenceText(e)) })));
  const seen_ = new Set();
  const found = [];
  for (const one of foldedSentences) {
    if (found.length >= MOST.sentences) break;
    if (!words.every((word) => one.folded.includes(word)) || seen_.has(one.folded)) continue;
    if (!passesBut(one.statement, "doubts")) continue;
    seen_.add(one.folded);
    found.push(one);
  }
  return found;
}

function findArticles(query) {
  const words = fold(query).split(/\s+/).filter(Boolean);
  if (fold(query).trim().length < 3) return [];
  foldedArticles ??= documents.map((d) => fold([d.title, d.id, d.text].filter(Boolean).join("\n")));
  return documents.map((_, i) => i).filter((i) => words.every((word) => foldedArticles[i].includes(word))).slice(0, MOST.articles);
}

// Some words of a text around where the query stands.
function excerpt(text, query) {
  const at = fold(text).indexOf(fold(query).split(/\s+/).filter(Boolean)[0] || "");
  const from = Math.max(0, at - 30);
  return cut(`${from ? "…" : ""}${text.slice(from)}`, 90);
}

function suggest() {
  const query = field.value;
  picks = [];
  const option = (act, ...content) => {
    const i = picks.push(act) - 1;
    const choose = (event) => {
      event.preventDefault(); // before the field loses the focus
      take(i);
    };
    return make("li", { role: "option", id: `option-${i}`, onpointerdown: choose }, content);
  };
  const groups = [
    ["Names", findNames(query).map(({ index, score }) => option(() => pickFound(index), mark(entities[index].type), name(entities[index].name), make("span", { class: "count" }, score > 2 ? "spelled alike" : kindOf(entities[index]))))],
    ["Sentences", findSentences(query).map(({ statement, sentence }) => option(() => pickSentence(statement), make("span", { class: "excerpt" }, name(excerpt(sentenceText(sentence), query)))))],
    ["Articles", findArticles(query).map((i) => option(() => select({ document: i }, { focus: true }), name(documentName(i)), make("span", { class: "count" }, dateInWords(documents[i].date))))],
  ].filter(([, options]) => options.length);
  active = picks.length ? 0 : -1;
  replace(box, groups.map(([title, options], i) => make("li", { role: "presentation" }, make("div", { class: "group", id: `group-${i}` }, title), make("ul", { role: "group", "aria-labelledby": `group-${i}` }, options))));
  const none = query.trim() && !picks.length;
  byId("search-note").textContent = none ? "No such name, sentence or article in this graph" : "";
  byId("search-note").hidden = !none;
  openBox(picks.length > 0);
}

function pickFound(index) {
  if (!stage.ids.has(index)) {
    state.hidden.delete(index);
    state.types.delete(entities[index].type);
    [index, ...neighboursOf(index).slice(0, 40)].forEach((id) => state.added.add(id));
    refresh({ arrange: false });
  }
  pick(index);
  byId("panel").querySelector("h2")?.focus({ preventScroll: true });
}

function pickSentence(index) {
  const s = statements[index];
  if (s.kind && !state.doubts.has(s.kind)) {
    state.doubts.add(s.kind);
    refresh({ arrange: false });
  }
  select(s.object === null || s.object === s.subject ? { entity: s.subject } : { pair: [s.subject, s.object], statement: index }, { focus: true });
}

function openBox(on) {
  box.hidden = !on;
  field.setAttribute("aria-expanded", String(on));
  [...box.querySelectorAll("[role=option]")].forEach((item, i) => item.setAttribute("aria-selected", String(i === active)));
  if (on && active >= 0) {
    field.setAttribute("aria-activedescendant", `option-${active}`);
    byId(`option-${active}`).scrollIntoView({ block: "nearest" });
  } else field.removeAttribute("aria-activedescendant");
}

function take(i) {
  field.value = "";
  byId("search-note").hidden = true;
  openBox(false);
  picks[i]();
}

field.addEventListener("input", suggest);
field.addEventListener("focus", suggest);
field.addEventListener("blur", () => openBox(false));
field.addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (picks.length) active = (active + (event.key === "ArrowDown" ? 1 : picks.length - 1)) % picks.length;
    openBox(picks.length > 0);
  } else if (event.key === "Enter" && active >= 0 && !box.hidden) {
    event.preventDefault();
    take(active);
  } else if (event.key === "Escape") {
    event.stopPropagation();
    field.value = "";
    suggest();
    field.blur();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "checkbox") return;
  event.preventDefault();
  field.focus();
});
