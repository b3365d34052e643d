"""The public map as static files, for any web host."""
