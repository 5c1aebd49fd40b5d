"""One and only one sequence of bytes for a value, so that its digest can be taken again later and elsewhere.

JSON by RFC 8785, of text, whole numbers, truth values, nothing, lists and objects. Beside these: datetimes become text
in UTC with six digits of a second, dates and UUIDs their usual text, decimals their plain digits, bytes their digest.
A binary fraction has no place in a record, so floats are refused, as are whole numbers other readers would round.
"""

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from hashlib import sha256
from typing import Any
from uuid import UUID

EXACT = 2**53 - 1
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), check_circular=False).encode


def canonical(value: Any) -> bytes:
    """`TypeError` for what is not written down here, `ValueError` for what cannot be written exactly."""
    return _encode(_plain(value)).encode()


def digest(content: bytes) -> str:
    return f"sha256:{sha256(content).hexdigest()}"


def _plain(value: Any) -> Any:
    match value:
        case None | bool():
            return value
        case str():
            return str.__str__(value)  # of an enumeration its value
        case int():
            if abs(value) > EXACT:
                raise ValueError(f"{value} is beyond what JSON can say exactly; write it as text.")
            return int(value)
        case datetime():
            if value.tzinfo is None:
                raise ValueError(f"{value} names no time zone.")
            return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        case date():
            return value.isoformat()
        case Decimal():
            return f"{value:f}"
        case UUID():
            return str(value)
        case bytes() | memoryview():
            return digest(bytes(value))
        case list() | tuple():
            return [_plain(each) for each in value]
        case Mapping():
            if not all(isinstance(key, str) for key in value):
                raise TypeError("The names in an object are text.")
            return {key: _plain(value[key]) for key in sorted(value, key=lambda key: key.encode("utf-16-be"))}
    raise TypeError(f"{type(value).__name__} has no canonical form.")
