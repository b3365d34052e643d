"""Claims and values as compact JSON text, the same in every store."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

from netofnets.errors import StoreError
from netofnets.language import say
from netofnets.schema.records import Claim, Value

__all__ = ["CHECK", "claim_from_text", "claim_text", "json_text", "values_from_text", "values_text", "vocabulary_in"]

CHECK = say("run netofnets store check to see what, and netofnets store repair to put it right")

_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True).encode
_decode = json.JSONDecoder().decode


def json_text(value: object) -> str:
    """Compact JSON with sorted keys: equal values give equal text."""
    try:
        return _encode(value)
    except (TypeError, ValueError) as error:
        raise StoreError(f"cannot be kept as JSON: {error}; give texts, numbers, yes/no or lists of texts") from None


def values_text(values: Mapping[str, Value]) -> str:
    """The values of a claim as JSON text; a tuple becomes a list."""
    return json_text(values)


def values_from_text(text: str) -> dict[str, Value]:
    """The values again; a list becomes a tuple, so that they compare equal to what was given."""
    values: dict[str, Value] = _decode(text)
    if "[" in text:
        return {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
    return values


def claim_text(claim: Claim, run: int) -> str:
    """A whole claim as JSON text, without its kind; ``run`` is the first run of a claim that is new."""
    first = claim.first_run or run
    return json_text(
        [claim.source, claim.key, claim.local_id, claim.from_id, claim.to_id, claim.origin, first, claim.values]
    )


def claim_from_text(kind: str, text: str) -> Claim:
    """The claim again."""
    try:
        source, key, local_id, start, end, origin, first_run, values = _decode(text)
        for name, value in values.items():
            if isinstance(value, list):
                values[name] = tuple(value)
    except (ValueError, TypeError, AttributeError):
        raise StoreError(
            say("a claim about one of the {kind} is not as netofnets wrote it; {check}", kind=kind, check=CHECK)
        ) from None
    return Claim(kind, key, source, values, local_id, start, end, origin, first_run)


def vocabulary_in(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """The claims about interests of sources that, by these claims, list nobody."""
    listed = [claim for claim in claims if claim.kind in ("leaders", "interests")]
    of_people = {claim.source for claim in listed if claim.kind == "leaders"}
    return tuple(claim for claim in listed if claim.kind == "interests" and claim.source not in of_people)
