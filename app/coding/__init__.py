"""A round with a second coder: prepared, handed back, compared and settled."""
