"""The graph as files for other programs, from a snapshot cut to an audience: ``export(snapshot, "graphml", path)``."""

from netofnets.export.formats import FORMATS, Exported, Format, export

__all__ = ["FORMATS", "Exported", "Format", "export"]
