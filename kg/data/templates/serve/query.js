// Starts YASGUI on the endpoint of this server alone: it asks nobody else, neither for prefixes nor for terms.
"use strict";

(() => {
  const place = document.getElementById("yasgui");
  const endpoint = new URL(place.dataset.endpoint, location.href).href;
  const { Yasgui } = window;
  const Editor = Yasgui.Yasqe;
  const prefixes = Object.fromEntries(
    [...place.dataset.prefixes.matchAll(/^PREFIX (\S*): <(.*)>$/gm)].map((match) => [match[1], match[2]]),
  );
  const used = `PREFIX kg: <${prefixes.kg}>\nPREFIX rdfs: <${prefixes.rdfs}>\n`;
  for (const name of ["class", "property"]) Editor.forkAutocompleter?.(name, { name, get: async () => [] });
  Object.assign(Editor.defaults, {
    value: `${used}\nSELECT ?who ?name ?where WHERE {\n  ?who kg:holdsRole ?where ;\n    rdfs:label ?name .\n}\nLIMIT 100`,
    autocompleters: ["prefixes", "variables"],
    prefixCcApi: null,
    createShortLink: undefined,
  });
  const gui = new Yasgui(place, {
    requestConfig: { endpoint, method: "POST", headers: () => ({}) },
    copyEndpointOnNewTab: true,
    endpointCatalogueOptions: { getData: () => [{ endpoint }] },
    persistenceId: `kg ${endpoint}`,
  });
  window.kgYasgui = gui;
  document.getElementById("ready").addEventListener("click", (event) => {
    const query = event.target.closest("button")?.dataset.query;
    if (query === undefined) return;
    const tab = gui.getTab() ?? gui.addTab(true);
    tab.getYasqe().setValue(query);
    tab.getYasqe().query().catch(() => {});
  });
})();
