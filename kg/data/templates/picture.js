// The drawing as a picture to keep: what is on the screen, as PNG or as SVG with text as text.

// Without controls that a file of XML may not hold.
const printable = (text) => text.replace(/[^\t\n\r\x20-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "");

function svgPicture() {
  const { clientWidth: width, clientHeight: height } = byId("canvas");
  const scale = network.getScale();
  const lines = stage.edges.filter((edge) => !lit || lit.edges.has(edge.id)).map((edge) => svgLine(edge));
  const shapes = [...stage.ids].filter((id) => !lit || lit.nodes.has(id)).map((id) => svgShape(id, scale));
  const words = [...wordsWritten, ...written].map((box) => {
    const isName = written.includes(box);
    const fill_ = isName ? palette.ink : box.asserted ? palette.quiet : palette.doubt;
    return draw("text", { x: box.x + 3, y: box.y + box.height / 2, "dominant-baseline": "central", "font-family": palette.face, "font-size": box.size, "font-weight": box.bold ? 600 : null, fill: fill_, stroke: palette.paper, "stroke-width": 3, "paint-order": "stroke" }, printable(box.text));
  });
  const svg = draw("svg", { xmlns: "http://www.w3.org/2000/svg", width, height, viewBox: `0 0 ${width} ${height}` }, draw("title", {}, printable(data.title)), draw("rect", { width, height, fill: palette.paper }), lines, shapes, words);
  return new XMLSerializer().serializeToString(svg);
}

function svgLine(edge) {
  const line = network.body.edges[edge.id]?.edgeType;
  if (!line) return null;
  const [a, via, b] = [line.getPoint(0), line.getPoint(0.5), line.getPoint(1)].map((p) => network.canvasToDOM(p));
  // The point that pulls a curve through its middle.
  const pull = { x: 2 * via.x - (a.x + b.x) / 2, y: 2 * via.y - (a.y + b.y) / 2 };
  const look = edgeLook(edge);
  return draw("path", { d: `M${a.x.toFixed(1)} ${a.y.toFixed(1)}Q${pull.x.toFixed(1)} ${pull.y.toFixed(1)} ${b.x.toFixed(1)} ${b.y.toFixed(1)}`, fill: "none", stroke: lit ? palette.lit : look.color.color, "stroke-width": 1.2, "stroke-dasharray": look.dashes ? "6 5" : null });
}

function svgShape(id, scale) {
  const node = nodeOf.get(id) || { shape: types[entities[id].type].shape, size: 8 };
  const { x, y } = network.canvasToDOM(places.get(id));
  const r = node.size * scale;
  const look = { fill: palette[entities[id].type.toLowerCase()], stroke: palette.paper };
  const at = (n) => n.toFixed(1);
  if (node.shape === "square") return draw("rect", { x: at(x - r), y: at(y - r), width: at(2 * r), height: at(2 * r), ...look });
  if (node.shape === "triangle") return draw("path", { d: `M${at(x)} ${at(y - r)}L${at(x + r)} ${at(y + r * 0.7)}L${at(x - r)} ${at(y + r * 0.7)}Z`, ...look });
  return draw("circle", { cx: at(x), cy: at(y), r: at(r), ...look });
}

function pngPicture(done) {
  const canvas = byId("canvas").querySelector("canvas");
  const copy_ = make("canvas", { width: canvas.width, height: canvas.height });
  const ctx = copy_.getContext("2d");
  ctx.fillStyle = palette.paper;
  ctx.fillRect(0, 0, copy_.width, copy_.height);
  ctx.drawImage(canvas, 0, 0);
  copy_.toBlob(done, "image/png");
}
