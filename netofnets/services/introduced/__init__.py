"""Introductions that were recorded: how far each has come, what to write to the two, and what became of it."""
