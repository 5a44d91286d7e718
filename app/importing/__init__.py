"""Getting in: files become articles, each read in a process of its own, recognised, stored and indexed."""
