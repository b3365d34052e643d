"""The one declaration of what the graph holds, and what follows from it."""
