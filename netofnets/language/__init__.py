"""Words for readers of several languages: sentences that can be said again, and the catalogs that say them."""

from netofnets.language.messages import Message, capital, joined, listed, said_by, say, say_count, told

__all__ = ["Message", "capital", "joined", "listed", "said_by", "say", "say_count", "told"]
