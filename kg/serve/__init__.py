"""The graph of a build over HTTP on this machine: SPARQL endpoint, pages, search; read only."""
