"""The command line, over the workspace."""
