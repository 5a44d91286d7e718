"""Checking a draft of the reader's own against the library."""
