"""Loads in the browser, from files that were given to a mapping that a person looked at, in a process of their own."""
