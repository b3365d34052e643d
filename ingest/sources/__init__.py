"""One file for each kind of input; all give the same raw tables."""
