"""Communities for readers: the list, one of them, and how they compare with what is declared."""
