"""Measures: declared as data, computed by pure functions from a Snapshot to tables."""
