"""Typed readers of the environment that fail loudly and say how to mend it.

Every secret may also come from a file: `SECRET_KEY_FILE=/run/secrets/key` is read when `SECRET_KEY` is not set.
"""

import os
from pathlib import Path


class MisconfiguredError(Exception):
    """A setting is missing or cannot be read; the message names it and says what to write."""


def text(name: str, default: str | None = None) -> str:
    value = os.environ.get(name)
    if value is None and (path := os.environ.get(f"{name}_FILE")):
        try:
            value = Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            raise MisconfiguredError(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from error
    if value is None:
        value = default
    if value is None:
        raise MisconfiguredError(f"Set {name} (or {name}_FILE): it has no default outside development.")
    return value


def flag(name: str, default: bool) -> bool:
    value = text(name, "1" if default else "0").lower()
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off", ""}:
        return False
    raise MisconfiguredError(f"{name} is {value!r}; write 1 or 0.")


def choice(name: str, default: str, allowed: set[str]) -> str:
    value = text(name, default)
    if value.upper() not in allowed:
        raise MisconfiguredError(f"{name} is {value!r}; write {' or '.join(sorted(allowed))}.")
    return value.upper()


def number(name: str, default: int) -> int:
    value = text(name, str(default))
    try:
        return int(value)
    except ValueError:
        raise MisconfiguredError(f"{name} is {value!r}; write a whole number.") from None


def words(name: str, default: str | None = "") -> list[str]:
    """A comma-separated list; blanks are dropped."""
    return [word.strip() for word in text(name, default).split(",") if word.strip()]
