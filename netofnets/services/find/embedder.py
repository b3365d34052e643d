"""Vectors of what words mean: behind a small protocol, from weights that come in a wheel, or none at all."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

__all__ = ["Embedder", "WordVectors", "shipped_embedder"]

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """Anything that turns texts into vectors."""

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """One row for each text, shape (texts, dimensions); texts without a known word have a row of zeros."""
        ...


class WordVectors:
    """The mean of the vectors of a text's pieces: 256 numbers each, from the weights in the wheel of wordllama (MIT).

    The files are read directly: the package's own loader asks a hub for what the wheel already holds.
    """

    def __init__(self, folder: Path) -> None:
        from safetensors.numpy import load_file
        from tokenizers import Tokenizer

        weights = load_file(folder / "weights" / "l2_supercat_256.safetensors")
        self._table: npt.NDArray[Any] = next(iter(weights.values()))
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizers" / "l2_supercat_tokenizer_config.json"))
        self._tokenizer.no_padding()
        self._tokenizer.no_truncation()

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """The mean over the pieces of each text."""
        found = np.zeros((len(texts), self._table.shape[1]), dtype=np.float32)
        for row, text in zip(found, texts, strict=True):
            pieces = self._tokenizer.encode(text, add_special_tokens=False).ids
            if pieces:
                row[:] = self._table[pieces].astype(np.float32).mean(axis=0)
        return found


@cache
def shipped_embedder() -> Embedder | None:
    """The vectors of the installed wheel, loaded once; None where it is not installed: search then goes by letters."""
    found = find_spec("wordllama")
    folder = Path(next(iter(found.submodule_search_locations or [""]))) if found else Path()
    if not (folder / "weights" / "l2_supercat_256.safetensors").is_file():
        return None
    return WordVectors(folder)
