"""Dialogs and sheets: importing, exporting, libraries, settings, keys."""
