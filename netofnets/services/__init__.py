"""Services: each answers one question, for one viewer, from one published edition."""
