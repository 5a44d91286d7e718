"""The list of articles, or of passages, that the library pane shows."""
