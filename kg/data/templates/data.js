// The data of the page and small helpers. All text is put in as text nodes: nothing here parses markup.

const data = JSON.parse(document.getElementById("data").textContent);
const { entities, statements, documents, types, predicates } = data;
const nodes = data.drawing.nodes;
const edges = data.drawing.edges;

const state = {
  selected: null, // {entity: index}, {edge: id} or null
  tab: "graph",
  hiddenTypes: new Set(),
  hiddenPredicates: new Set(),
  showLonely: edges.length === 0, // entities without links
  showDoubtful: false, // statements that are not asserted
  showAll: nodes.length <= data.limit,
};

// For each entity, the indices of all statements about it, in the order of the statements.
const statementsOf = entities.map(() => []);
statements.forEach((statement, index) => {
  statementsOf[statement.subject].push(index);
  if (statement.object !== null && statement.object !== statement.subject) {
    statementsOf[statement.object].push(index);
  }
});

const edgeById = new Map(edges.map((edge) => [edge.id, edge]));
const edgesOf = entities.map(() => []);
edges.forEach((edge) => {
  edgesOf[edge.from].push(edge);
  if (edge.to !== edge.from) edgesOf[edge.to].push(edge);
});

const byId = (id) => document.getElementById(id);

// Make an element: attributes by name, "on..." for listeners, children are elements or text.
function make(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== ""));
  return element;
}

function replace(element, ...children) {
  element.replaceChildren(...children.filter((child) => child !== null));
}

const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

// Letter case and accents aside.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

const small = () => matchMedia("(max-width: 760px)").matches;
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

// The shape that stands for a type in the legend, the panel and the list.
const mark = (type) => make("i", { class: "mark", "data-type": type, "data-shape": types[type].shape, "aria-hidden": "true" });
