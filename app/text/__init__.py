"""Pure functions on text: no file, no database."""
