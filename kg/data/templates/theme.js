// Colours of the drawing, from the style sheet: light and dark follow the reader's system.

const colour = (name_) => getComputedStyle(document.documentElement).getPropertyValue(`--${name_}`).trim();
let palette = {};

function readPalette() {
  for (const key of ["paper", "ink", "quiet", "edge", "place-edge", "lit", "accent", "doubt", "hull", "person", "organization", "place"]) palette[key] = colour(key);
  palette.face = getComputedStyle(document.body).fontFamily;
}

function nodeLook(index) {
  const fill_ = palette[entities[index].type.toLowerCase()];
  const lit = { background: fill_, border: palette.ink };
  const pinned = state.pinned.has(index);
  return { borderWidth: pinned ? 3 : 1.5, color: { background: fill_, border: pinned ? palette.ink : palette.paper, highlight: lit, hover: lit } };
}

function edgeLook(edge) {
  const toPlace = entities[edge.from].type === "Place" || entities[edge.to].type === "Place";
  const shade = edge.asserted ? palette[toPlace ? "place-edge" : "edge"] : palette.doubt;
  const near = edge.asserted ? palette.lit : palette.doubt;
  return { dashes: edge.asserted ? false : [7, 6], color: { color: shade, highlight: near, hover: near, inherit: false } };
}
