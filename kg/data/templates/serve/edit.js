// Asks the server to change the graph, with the token that `kg edit` printed: it comes in the address, behind "#", which no
// browser sends anywhere, and stays in this tab.
"use strict";

(() => {
  const KEY = "kg-token";
  const script = document.currentScript;
  const given = /^#token=([\w-]+)$/.exec(location.hash);
  if (given) {
    sessionStorage.setItem(KEY, given[1]);
    history.replaceState(null, "", location.pathname + location.search);
  }
  const said = document.getElementById("said");

  function say(words, wrong) {
    said.textContent = words;
    said.classList.toggle("wrong", wrong);
    said.hidden = false;
  }

  async function ask(action, fields) {
    const buttons = document.querySelectorAll("[data-action] button, button[data-action]");
    for (const button of buttons) button.disabled = true;
    say("The graph is written anew …", false);
    try {
      const answer = await fetch(script.dataset.edit, {
        method: "POST",
        headers: { "Content-Type": "application/json", "X-Kg-Token": sessionStorage.getItem(KEY) || "" },
        body: JSON.stringify({ action, fields }),
      });
      if (answer.ok) {
        sessionStorage.setItem("kg-said", (await answer.json()).said);
        location.reload();
        return;
      }
      const told = await answer.text();
      say(answer.status === 409 ? JSON.parse(told).said : told, true);
    } catch (error) {
      say(`The server does not answer: ${error.message}`, true);
    }
    for (const button of buttons) button.disabled = false;
  }

  // What a form says; of one that corrects only what was changed.
  function fieldsOf(form) {
    const fields = {};
    for (const one of form.elements) {
      if (!one.name || (one.type === "checkbox" && !one.checked)) continue;
      const before = one.tagName === "SELECT" ? [...one.options].find((option) => option.defaultSelected)?.value ?? "" : one.defaultValue;
      if ("changed" in form.dataset && one.type !== "hidden" && one.value === before) continue;
      fields[one.name] = one.type === "checkbox" && fields[one.name] ? `${fields[one.name]}\n${one.value}` : one.value;
    }
    return fields;
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.dataset.action) return;
    event.preventDefault();
    if (!form.dataset.ask || confirm(form.dataset.ask)) ask(form.dataset.action, fieldsOf(form));
  });
  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-action]");
    if (!button) return;
    const { action, ...fields } = button.dataset;
    ask(action, fields);
  });
  const before = sessionStorage.getItem("kg-said");
  if (before) {
    sessionStorage.removeItem("kg-said");
    say(before, false);
  }
})();
