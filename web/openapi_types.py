"""Types of Python as schemas of JSON (OpenAPI 3.1), as :func:`web.pages.plain` writes their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints

__all__ = ["Schemas"]

_PLAIN: Mapping[Any, str] = {str: "string", int: "integer", float: "number", bool: "boolean", NoneType: "null"}


class Schemas:
    """The schemas of dataclasses under their names, gathered while types are asked for."""

    def __init__(self) -> None:
        self.named: dict[str, dict[str, Any]] = {}
        self._names: dict[type, str] = {}

    def of(self, kind: Any) -> dict[str, Any]:
        """The schema of a type."""
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        if kind is Any or kind is object:
            return {}
        origin, inner = get_origin(kind), get_args(kind)
        if origin in (Union, UnionType):
            return {"anyOf": [self.of(one) for one in inner]}
        if origin is tuple and not (len(inner) == 2 and inner[1] is Ellipsis):
            return {"type": "array", "prefixItems": [self.of(one) for one in inner], "minItems": len(inner)}
        if origin in (tuple, list, set, frozenset) or (isinstance(origin, type) and issubclass(origin, Sequence)):
            return {"type": "array", "items": self.of(inner[0])}
        if isinstance(origin, type) and issubclass(origin, Mapping):
            return {"type": "object", "additionalProperties": self.of(inner[1])}
        if isinstance(kind, type) and issubclass(kind, Enum):
            return {"enum": [one.value for one in kind]}
        if is_dataclass(kind) and isinstance(kind, type):
            return {"$ref": f"#/components/schemas/{self._name(kind)}"}
        raise TypeError(f"no schema is known for {kind!r}")

    def _name(self, kind: type) -> str:
        if kind not in self._names:
            name = kind.__name__
            if name in self.named:  # two of this name: the module tells them apart
                name = f"{kind.__module__.rpartition('.')[2].title().replace('_', '')}{name}"
            self._names[kind] = name
            self.named[name] = {}  # before its fields, which may lead back to it
            self.named[name] = self._object(kind)
        return self._names[kind]

    def _object(self, kind: type) -> dict[str, Any]:
        hints = get_type_hints(kind)
        properties = {field.name: self.of(hints[field.name]) for field in fields(kind)}
        told = (kind.__doc__ or "").partition("\n")[0]
        said = {"description": told} if told and not told.startswith(f"{kind.__name__}(") else {}
        return {"type": "object", **said, "properties": properties, "required": list(properties)}
