// The same without a drawing: every entity by type and name, its facts behind it. For keyboards and screen readers.

function renderList() {
  const view = byId("view-list");
  if (view.childElementCount) return;
  for (const [type, { plural: heading }] of Object.entries(types)) {
    const members = entities.map((entity, index) => ({ entity, index })).filter(({ entity }) => entity.type === type);
    if (!members.length) continue;
    members.sort((a, b) => a.entity.name.localeCompare(b.entity.name, "en") || a.index - b.index);
    const items = members.map(({ entity, index }) => listItem(entity, index));
    view.append(make("section", {}, make("h2", {}, mark(type), heading, make("span", { class: "count" }, String(members.length))), ...items));
  }
}

// The facts are written when an item is opened: a large graph has thousands.
function listItem(entity, index) {
  const facts = statementsOf[index].filter((i) => !statements[i].doubt).length;
  const body = make("div", { class: "body" });
  const fill = (event) => event.target.open && fillItem(body, index);
  return make("details", { id: `item-${index}`, ontoggle: fill },
    make("summary", {}, make("bdi", {}, entity.name), make("span", { class: "count" }, facts ? plural(facts, "fact") : "")), body);
}

function fillItem(body, index) {
  const [, , aliases, mentions] = entityHead(index);
  replace(body, aliases, mentions, ...entityFacts(index, "h3"), entityFoot(index));
}

function openItem(index, focus) {
  const item = byId(`item-${index}`);
  item.open = true;
  fillItem(item.querySelector(".body"), index);
  requestAnimationFrame(() => {
    item.scrollIntoView({ block: "start" });
    if (focus) item.querySelector("summary").focus({ preventScroll: true });
  });
}

function refreshList() {
  for (const item of byId("view-list").querySelectorAll("details[id][open]")) {
    fillItem(item.querySelector(".body"), Number(item.id.replace("item-", "")));
  }
}
