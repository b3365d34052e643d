"""``python -m netofnets.cli``: the command without its entry point."""

from netofnets.cli import main

main()
