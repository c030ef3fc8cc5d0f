// The data of the page, what is looked up in them, and small helpers. All text is put in as text nodes: nothing here
// parses markup.

const data = JSON.parse(document.getElementById("data").textContent);
const { entities, statements, documents, types, predicates } = data;
const nodes = data.drawing.nodes; // of the linked entities, the most central first
const edges = data.drawing.edges;

// What is empty is left out of the data; here it is null, or an empty list.
for (const entity of entities) {
  entity.aliases ??= [];
  entity.sameAs ??= [];
}
for (const statement of statements) {
  for (const name of ["object", "literal", "title", "role", "status", "start", "end", "date", "place", "offence", "checked", "doubt", "kind"]) statement[name] ??= null;
  statement.evidence ??= [];
  for (const sentence of statement.evidence) {
    sentence.document ??= null;
    sentence.who ??= null;
  }
}

const nodeOf = new Map(nodes.map((node) => [node.id, node]));
const rankOf = (index) => nodeOf.get(index)?.rank ?? nodes.length + index;
edges.forEach((edge, i) => {
  edge.id = `edge-${i}`;
});
const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
const edgesOf = entities.map(() => []);
for (const edge of edges) {
  edgesOf[edge.from].push(edge);
  edgesOf[edge.to].push(edge);
}
const otherEnd = (edge, index) => (edge.from === index ? edge.to : edge.from);

// For each entity and document, the indices of all statements about it or from it, in the order of the statements.
const statementsOf = entities.map(() => []);
const statementsIn = documents.map(() => []);
statements.forEach((statement, index) => {
  for (const end of new Set([statement.subject, statement.object])) if (end !== null) statementsOf[end].push(index);
  for (const number of new Set(statement.evidence.map((e) => e.document))) if (number !== null) statementsIn[number].push(index);
});

// Identifiers travel without what all of them begin with.
const whole = (id) => (/^[a-z][a-z\d+.-]*:/i.test(id) ? id : data.base + id);
const entityByIri = new Map();
entities.forEach((entity, index) => [...entity.sameAs, entity.iri].forEach((iri) => entityByIri.set(whole(iri), index)));
const statementById = new Map(statements.map((statement, index) => [whole(statement.id), index]));
const documentById = new Map(documents.map((document_, index) => [document_.id, index]));

const byId = (id) => document.getElementById(id);

// Make an element: attributes by name, "on..." for listeners, children are elements or text.
function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

// The same for the elements of a picture.
function draw(tag, attributes = {}, ...children) {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...present(children));
  return element;
}

const present = (children) => children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== "");

function replace(element, ...children) {
  element.replaceChildren(...present(children));
}

const button = (label, onclick, attributes = {}) => make("button", { type: "button", onclick, ...attributes }, label);
const name = (text) => make("bdi", {}, text); // <bdi> keeps the direction of one name out of the next

const small = () => matchMedia("(max-width: 760px)").matches;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The shape that stands for a type in the legend, the panel and the list.
const mark = (type) => make("i", { class: "mark", "data-type": type, "data-shape": types[type].shape, "aria-hidden": "true" });
