"""Getting out: what a reader made becomes files of any format."""
