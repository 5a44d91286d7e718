"""The reading pane: one text, its structure, and the marks on it."""
