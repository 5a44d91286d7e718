"""Readers of files: bytes in, drafts out; no database, no network. A new importer is a new file here."""
