"""The SQLite file, truth of the house: tables, transactions, the journal, and the nouns of the reader."""
