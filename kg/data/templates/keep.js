// What the reader takes along: a link, pictures, the statements that are shown, a citation, a print.

function save(blob, suffix) {
  const link = make("a", { href: URL.createObjectURL(blob), download: `${fileName()}.${suffix}` });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}

const fileName = () => cut(data.title.normalize("NFKD").replace(/[^\p{L}\p{N}]+/gu, "-").replace(/^-+|-+$/g, ""), 60).replace(/…$/, "") || "graph";

const savePng = () => pngPicture((blob) => save(blob, "png"));
const saveSvg = () => save(new Blob([svgPicture()], { type: "image/svg+xml" }), "svg");

const FIELDS = ["id", "subject", "subject_name", "predicate", "object", "object_name", "literal", "stated_as", "title", "role", "status", "start", "end", "date", "place", "offence", "checked", "confidence"];

// The statements that are shown; in the graph only those between what is drawn.
function savedStatements() {
  const drawn = (s) => stage.ids.has(s.subject) && (s.object === null || stage.ids.has(s.object));
  return statements.map((_, i) => i).filter((i) => passing[i] && (state.tab !== "graph" || drawn(statements[i]))).map((i) => {
    const s = statements[i];
    return {
      id: whole(s.id), subject: whole(entities[s.subject].iri), subject_name: entities[s.subject].name, predicate: s.predicate,
      object: s.object === null ? null : whole(entities[s.object].iri), object_name: s.object === null ? null : entities[s.object].name,
      literal: s.literal, stated_as: s.doubt || "fact", title: s.title, role: s.role && whole(s.role), status: s.status, start: s.start, end: s.end, date: s.date,
      place: s.place === null ? null : entities[s.place].name, offence: s.offence, checked: s.checked, confidence: s.confidence,
      sentences: s.evidence.map((e) => ({
        text: sentenceText(e), article: e.document === null ? null : documents[e.document].id, title: e.document === null ? null : documents[e.document].title ?? null,
        published: published(e), source: e.document === null ? null : documents[e.document].source ?? null, according_to: e.who === null ? null : entities[e.who].name, found_by: e.by.map((n) => data.extractors[n]),
      })),
    };
  });
}

const saveJson = () => save(new Blob([`${JSON.stringify({ title: data.title, statements: savedStatements() }, null, 1)}\n`], { type: "application/json" }), "json");
const saveCsv = () => save(new Blob([`\ufeff${csv(savedStatements())}`], { type: "text/csv" }), "csv");

function csv(rows) {
  const head = [...FIELDS, "articles", "sentence"];
  const lines = rows.map((row) => [...FIELDS.map((key) => row[key]), [...new Set(row.sentences.map((s) => s.article).filter(Boolean))].join("; "), row.sentences[0]?.text]);
  return [head, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

// A cell that a spreadsheet would run as a formula begins with an apostrophe, as `kg query` has it.
function cell(value) {
  const text = String(value ?? "");
  const safe = /^[=+\-@\t\r]/.test(text) && !/^[+-]?\d+(\.\d+)?$/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

async function copy(text, where) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    copyByHand(text); // a page from disk or inside another may not reach the clipboard in the usual way
  }
  tell("Copied", where);
}

function copyByHand(text) {
  const area = make("textarea", { class: "unseen", "aria-hidden": "true" });
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

function tell(words, where) {
  const said = byId("said");
  said.textContent = words;
  where?.focus?.();
  setTimeout(() => { said.textContent = ""; }, 2500);
}

const KEEP = { "keep-png": savePng, "keep-svg": saveSvg, "keep-csv": saveCsv, "keep-json": saveJson, "keep-link": () => copy(location.href), "keep-print": () => print() };
for (const [id, act] of Object.entries(KEEP)) {
  byId(id).addEventListener("click", () => {
    byId("keep").open = false;
    act();
  });
}
document.addEventListener("click", (event) => {
  if (!byId("keep").contains(event.target)) byId("keep").open = false;
});
