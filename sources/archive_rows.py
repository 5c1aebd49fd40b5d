"""Which rows name which files of the archive."""

from collections.abc import Iterator, Sequence

from django.db.models import Model
from django.db.models.functions import Collate

from sources.models import Capture, Excerpt, Upload

# Every column that names a file of the archive. A test finds a digest that stands neither here nor there.
NAMES_A_FILE: tuple[tuple[type[Model], str], ...] = (
    (Capture, "wacz_digest"),
    (Capture, "viewport_digest"),
    (Capture, "fullpage_digest"),
    (Upload, "file_digest"),
)
NAMES_NO_FILE: tuple[tuple[type[Model], str], ...] = (
    (Capture, "text_digest"),  # of CapturedText.text
    (Excerpt, "text_digest"),  # and that one again
)
_AT_ONCE = 1000

Named = tuple[str, str]  # a digest, and the row and column that name it, as `Capture 1a2b… wacz_digest`


def named_by(column: tuple[type[Model], str]) -> Iterator[Named]:
    """All that one column names, in the order of the digests."""
    model, name = column
    rows = model._default_manager.exclude(**{name: ""}).order_by(Collate(name, "C"))
    for digest, pk in rows.values_list(name, "pk").iterator(chunk_size=2000):
        yield digest, f"{model.__name__} {pk} {name}"


def names_of(digests: Sequence[str]) -> tuple[str, ...]:
    """The rows that name these files, and the digests of those that none names."""
    found: dict[str, list[str]] = {}
    for start in range(0, len(digests), _AT_ONCE):
        for model, name in NAMES_A_FILE:
            rows = model._default_manager.filter(**{f"{name}__in": digests[start : start + _AT_ONCE]})
            for digest, pk in rows.order_by("pk").values_list(name, "pk"):
                found.setdefault(digest, []).append(f"{model.__name__} {pk} {name}")
    return tuple(row for digest in digests for row in found.get(digest, [digest]))
