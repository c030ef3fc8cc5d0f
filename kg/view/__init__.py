"""From the graph to what a person looks at: networks, paths, ranks and the interactive page."""
