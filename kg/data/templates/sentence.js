// A sentence as the article has it, with the two mentions marked, where it stands and what found it; and its citation.

function sentenceText(sentence) {
  return sentence.text ?? documents[sentence.document].text.slice(sentence.start, sentence.end);
}

// The sentence cut at the rims of its mentions: [text, ""|"subject"|"object"|"both"].
function markedParts(sentence) {
  const text = sentenceText(sentence);
  const spans_ = [["subject", sentence.s], ["object", sentence.o]].filter(([, span]) => span);
  const cuts = [...new Set([0, text.length, ...spans_.flatMap(([, span]) => span)])].sort((a, b) => a - b);
  return cuts.slice(1).map((end, i) => {
    const over = spans_.filter(([, [from, to]]) => from <= cuts[i] && end <= to).map(([kind]) => kind);
    return [text.slice(cuts[i], end), over.length === 2 ? "both" : over.join("")];
  });
}

// A name that leads to its entity.
function entityLink(index) {
  const follow = (event) => {
    event.preventDefault();
    select({ entity: index }, { focus: true });
  };
  return make("a", { class: "entity", href: `#who=${encodeURIComponent(entities[index].iri)}`, onclick: follow }, mark(entities[index].type), name(entities[index].name || "?"));
}

function articleLink(index, statement, words) {
  const follow = (event) => {
    event.preventDefault();
    select({ document: index, statement }, { focus: true });
  };
  return make("a", { class: "article-link", href: `#article=${encodeURIComponent(documents[index].id)}`, onclick: follow }, name(words || documentName(index)));
}

// What there is of the parts, with a dot between.
const dotted = (parts) => parts.filter(Boolean).flatMap((part, i) => (i ? [" · ", part] : [part]));

function foundBy(sentence) {
  const names__ = sentence.by.map((i) => data.extractors[i]);
  const words = [...new Set(names__.map((by) => data.found[by.split(":")[0]] || by))];
  return make("span", { class: "found", title: names__.join(", ") }, `found by ${words.join(" and ")}`);
}

function sentenceBlock(statement, sentence) {
  const number = statements.indexOf(statement);
  const parts = markedParts(sentence).map(([text, kind]) => (kind ? make("mark", { class: kind }, text) : text));
  const source = sentence.document === null ? null : documents[sentence.document];
  const cite = make("footer", {}, dotted([
    source && articleLink(sentence.document, number),
    source?.date && make("time", { datetime: source.date }, dateInWords(source.date)),
    source?.source && sourceName(source.source),
    foundBy(sentence),
    button("Cite", (event) => copy(citation(statement, sentence), event.target), { class: "link", title: "Copy a citation of this sentence" }),
  ]));
  const said = sentence.who === null ? null : make("p", { class: "who" }, statement.kind === "denied" ? "denied by " : "according to ", entityLink(sentence.who));
  return make("blockquote", {}, make("p", {}, name_(parts)), said, cite);
}

const name_ = (parts) => make("bdi", {}, ...parts);

function sourceName(source) {
  if (!/^https?:\/\//i.test(source)) return name(source);
  return make("a", { href: source, rel: "noopener noreferrer", target: "_blank" }, name(hostOf(source)));
}

function hostOf(address_) {
  try {
    return new URL(address_).host;
  } catch {
    return address_;
  }
}

const SENTENCES_SHOWN = 2;

function sentences(statement) {
  const all = statement.evidence.map((sentence) => sentenceBlock(statement, sentence));
  const rest = all.splice(SENTENCES_SHOWN);
  return make("div", { class: "sentences" }, all, rest.length ? make("details", {}, make("summary", {}, plural(rest.length, "more sentence")), rest) : null);
}

// “Sentence.” Title, source, 14 March 2031. The statement in words; its identifier.
function citation(statement, sentence) {
  const source = sentence.document === null ? null : documents[sentence.document];
  const where = source ? [source.title || source.id, source.source, dateInWords(source.date)].filter(Boolean).join(", ") : "";
  const standing = statement.doubt ? ` [${statement.doubt}]` : "";
  return `“${sentenceText(sentence).trim()}” ${where}${where ? ". " : ""}${inWords(statement)}${standing}. ${whole(statement.id)}`;
}
