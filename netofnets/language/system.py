"""What the operating system says of a file that it cannot read or write, in words that every language has."""

from __future__ import annotations

import errno

from netofnets.language.messages import say

__all__ = ["system_words"]

_WORDS = {
    errno.ENOSPC: say("no room is left on the disk"),
    errno.EDQUOT: say("no room is left on the disk"),
    errno.EACCES: say("the rights do not allow it"),
    errno.EPERM: say("the rights do not allow it"),
    errno.EROFS: say("the disk can only be read"),
    errno.ENOENT: say("there is no such file or folder"),
    errno.EIO: say("the disk does not answer as it should"),
}


def system_words(error: OSError) -> str:
    """The sentence for an error of the system; what is rare stays in the words of the system."""
    return _WORDS.get(error.errno or 0) or error.strerror or str(error)
