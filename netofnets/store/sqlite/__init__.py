"""The book of record in one SQLite file."""
