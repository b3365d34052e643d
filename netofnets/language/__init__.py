"""Words for readers of several languages: sentences that can be said again, and the catalogs that say them."""

from netofnets.language.messages import (
    Message,
    capital,
    encoded,
    joined,
    listed,
    numeral,
    said_by,
    say,
    say_count,
    told,
    unstopped,
)

__all__ = [
    "Message",
    "capital",
    "encoded",
    "joined",
    "listed",
    "numeral",
    "said_by",
    "say",
    "say_count",
    "told",
    "unstopped",
]
