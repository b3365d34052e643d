"""One person: profile, provenance, ties, and whom to meet."""
