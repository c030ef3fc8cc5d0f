// The search box: a combobox with suggestions, as the ARIA practices describe it.

const SUGGESTIONS = 8;
const field = byId("search");
const box = byId("suggestions");
const names = entities.map((entity) => [entity.name, ...entity.aliases].map(fold));
let active = -1;

// Names that begin with the query first, then names with a word that does, then names that have it anywhere.
function matches(query) {
  const wanted = fold(query.trim());
  if (!wanted) return [];
  const found = [];
  names.forEach((all, index) => {
    const score = Math.min(
      ...all.map((name) => (name.startsWith(wanted) ? 0 : name.includes(` ${wanted}`) ? 1 : name.includes(wanted) ? 2 : 9)),
    );
    if (score < 9) found.push({ index, score });
  });
  const weight = ({ index }) => nodes[index].degree;
  return found.sort((a, b) => a.score - b.score || weight(b) - weight(a) || a.index - b.index).slice(0, SUGGESTIONS);
}

function suggest() {
  const found = matches(field.value);
  active = found.length ? 0 : -1;
  const choose = (index) => (event) => {
    event.preventDefault(); // before the field loses the focus
    pick(index);
  };
  const option = ({ index }, i) =>
    make("li", { role: "option", id: `option-${i}`, "data-entity": index, onpointerdown: choose(index) },
      mark(entities[index].type), make("bdi", {}, entities[index].name), make("span", { class: "count" }, entities[index].type));
  replace(box, ...found.map(option));
  if (!found.length && field.value.trim()) box.append(make("li", { class: "quiet" }, "No such name in this graph"));
  open(Boolean(field.value.trim()));
}

function open(on) {
  box.hidden = !on;
  field.setAttribute("aria-expanded", String(on));
  [...box.children].forEach((item, i) => item.getAttribute("role") && item.setAttribute("aria-selected", String(i === active)));
  if (on && active >= 0) field.setAttribute("aria-activedescendant", `option-${active}`);
  else field.removeAttribute("aria-activedescendant");
}

function pick(index) {
  field.value = "";
  open(false);
  select({ entity: index }, { move: true, focus: true });
}

field.addEventListener("input", suggest);
field.addEventListener("focus", suggest);
field.addEventListener("blur", () => open(false));
field.addEventListener("keydown", (event) => {
  const count = box.querySelectorAll("[role=option]").length;
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (count) active = (active + (event.key === "ArrowDown" ? 1 : count - 1)) % count;
    open(count > 0);
  } else if (event.key === "Enter" && active >= 0 && !box.hidden) {
    event.preventDefault();
    pick(Number(box.children[active].dataset.entity));
  } else if (event.key === "Escape") {
    event.stopPropagation();
    field.value = "";
    open(false);
    field.blur();
  }
});
document.addEventListener("keydown", (event) => {
  if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey) return;
  if (/^(input|textarea|select)$/i.test(event.target.tagName) && event.target.type !== "checkbox") return;
  event.preventDefault();
  field.focus();
});
