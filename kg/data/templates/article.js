// An article's text with all mentions marked; each leads to whom it means. The sentences of the chosen statement stand out.

function articlePanel({ document: number, statement }) {
  const article = documents[number];
  const said = statementsIn[number].filter((i) => passing[i]);
  return [
    make("p", { class: "kind" }, "Article"),
    make("h2", { tabindex: "-1" }, name(documentName(number))),
    make("p", { class: "quiet" }, dotted([article.date && make("time", { datetime: article.date }, dateInWords(article.date)), article.source && sourceName(article.source), article.title && article.title !== article.id && name(article.id)])),
    make("div", { class: "actions" },
      state.document === number ? button("All articles", () => fromArticle(null)) : button("Only this article", () => fromArticle(number), { title: "Draw and list only what this article says" })),
    article.text === undefined
      ? make("p", { class: "quiet" }, "This page does not carry the whole text of this article, only the sentences that say something.")
      : make("div", { class: "text" }, articleText(article, statement === undefined ? [] : statements[statement].evidence.filter((e) => e.document === number && e.start !== undefined))),
    make("section", {}, make("h3", {}, "What it says", counted(said)), factList(said, null)),
  ];
}

function fromArticle(number) {
  state.document = number;
  changed("filters");
}

function articleText(article, chosen) {
  const pieces = [];
  let at = 0;
  const mentions = article.mentions || [];
  const sentencesAt = chosen.map((e) => [e.start, e.end]);
  for (let i = 0; i < mentions.length; i += 3) {
    const [start, end, index] = mentions.slice(i, i + 3);
    if (start < at) continue; // inside the one before
    pieces.push([at, start, null], [start, end, index]);
    at = end;
  }
  pieces.push([at, article.text.length, null]);
  // Cut at the rims of the chosen sentences, too.
  const rims = sentencesAt.flat();
  const cuts = pieces.flatMap(([start, end, index]) => {
    const inner = index === null ? rims.filter((r) => r > start && r < end).sort((a, b) => a - b) : [];
    return [start, ...inner].map((from, i) => [from, inner[i] ?? end, index]);
  });
  return cuts.filter(([start, end]) => start < end).map(([start, end, index]) => articlePiece(article.text.slice(start, end), index, sentencesAt.some(([from, to]) => from <= start && end <= to)));
}

function articlePiece(text, index, inChosen) {
  const follow = (event) => {
    event.preventDefault();
    select({ entity: index }, { focus: true });
  };
  const piece = index === null ? text : make("a", { class: "mention", "data-type": entities[index].type, title: entities[index].name, href: `#who=${encodeURIComponent(entities[index].iri)}`, onclick: follow }, text);
  return inChosen ? make("span", { class: "chosen-sentence" }, piece) : piece;
}

function showChosenSentence() {
  byId("panel").querySelector(".chosen-sentence")?.scrollIntoView({ block: "center" });
}
