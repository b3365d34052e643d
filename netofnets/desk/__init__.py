"""The desk: whatever changes something, on a person's word; the command line and the pages call the same functions.

Each takes an open store, checks what it is told before anything is written, and says who decided, why and when.
"""
