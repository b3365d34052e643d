"""Getting data in: read, check, state, load; bad rows are put aside with a reason, never half applied."""
