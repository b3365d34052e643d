"""The web face: server-rendered pages with a JSON twin each. Start it with ``netofnets serve``; see ``web.app``."""
