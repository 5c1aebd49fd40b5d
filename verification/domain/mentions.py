"""Who a text calls on: `@` and a name as it stands on the desk."""

from collections.abc import Iterable

from newsroom.domain.text import search_key


def mentioned(text: str, names: Iterable[str]) -> set[str]:
    """Those of `names` that follow an `@` in `text`, spelling variants folded.

    Names have spaces in them and one may begin like another, so the longest that fits is the one that is meant.
    """
    by_key = {search_key(name): name for name in names}
    keys = sorted((key for key in by_key if key), key=len, reverse=True)
    return {by_key[key] for call in search_key(text).split("@")[1:] if (key := _beginning(call, keys))}


def _beginning(call: str, keys: Iterable[str]) -> str | None:
    return next((key for key in keys if call.startswith(key) and not call[len(key) : len(key) + 1].isalnum()), None)
