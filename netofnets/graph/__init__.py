"""The graph as immutable columns and sparse matrices."""
