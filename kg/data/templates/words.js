// Dates, counts and the names of things, in words.

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

// An ISO date as people write it, as precise as it is: "2020-02" is "February 2020".
function dateInWords(date) {
  const parts = /^(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?$/.exec(date || "");
  if (!parts) return date || "";
  const [, year, month, day] = parts;
  return [day && String(Number(day)), month && MONTHS[Number(month) - 1], year].filter(Boolean).join(" ");
}

const isDate = (text) => /^\d{4}(-\d\d(-\d\d)?)?$/.test(text || "");

const plural = (count, one, many = `${one}s`) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
const percent = (share) => `${Math.round(share * 100)}%`;

// Letter case and accents aside.
const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

function relation(statement) {
  const words = predicates[statement.predicate];
  return statement.label || statement.title || (statement.object === null && !statement.literal && words.bare) || words.edge;
}
const nameOf = (index) => entities[index].short || entities[index].name;
const documentName = (index) => documents[index].title || documents[index].id;
const spaced = (words) => words.replace(/(?<=\p{Ll})(?=\p{Lu})/gu, " ").toLowerCase();
const roleName = (role) => decodeURIComponentSafe(role.slice(role.lastIndexOf("/") + 1)).replace(/[-_]/g, " ");
const kindOf = (entity) => (entity.subtype ? `${entity.type} · ${spaced(entity.subtype)}` : entity.type);

function decodeURIComponentSafe(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // not an address that kg wrote
  }
}

// Offence, status and time of a statement: "former, from 2009 to 21 April 2019".
function qualifiers(statement) {
  const parts = statement.offence ? [`for ${statement.offence}`] : [];
  if (statement.status && statement.status !== "current") parts.push(statement.status);
  const [start, end] = [statement.start, statement.end].map(dateInWords);
  if (start && end) parts.push(`from ${start} to ${end}`);
  else if (start || end) parts.push(start ? `since ${start}` : `until ${end}`);
  if (statement.date) parts.push(dateInWords(statement.date));
  return parts.join(", ");
}

// "Ada Lin met Bo Ek", for timeline, titles and citations.
function inWords(statement) {
  const object = statement.object === null ? dateInWords(statement.literal) : nameOf(statement.object);
  if (statement.title) return `${nameOf(statement.subject)}: ${relation(statement)}${object ? `, ${object}` : ""}`;
  return [nameOf(statement.subject), relation(statement), object].filter(Boolean).join(" ");
}

const cut = (text, length) => (text.length <= length ? text : `${text.slice(0, length - 1).trimEnd()}…`);
