"""The side pane: themes, notes, the article, collections, the history."""
