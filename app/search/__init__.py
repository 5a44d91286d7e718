"""Search: Whoosh's language on columnar segments inside the library's own SQLite file."""
