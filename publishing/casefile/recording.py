"""What importing shares: comparing a thing of the file with what is on record, and gathering what is wrong."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from publishing.casefile.faults import CaseFileRefused, Fault, Path


class Recorder:
    """Faults by path, until `raise_if_any`."""

    def __init__(self) -> None:
        self.faults: list[Fault] = []

    def differs(self, path: Path) -> None:
        message = _("The record says something else here. Change it on the desk, or leave it out of the file.")
        self.faults.append(Fault(path, message))

    def compare(self, on_record: Model, path: Path, said: Mapping[str, object]) -> None:
        """`said` by the model's field names, compared in the form in which the fields would keep it."""
        for name, value in said.items():
            field = on_record._meta.get_field(name)
            with self.at((*path, name)):
                kept = field.clean(value, on_record)  # type: ignore[union-attr]
                if kept != getattr(on_record, name):
                    self.differs((*path, name))

    @contextmanager
    def at(self, path: Path, below: Callable[[str], Path] = lambda field: tuple(field.split("."))) -> Iterator[None]:
        """What is refused inside is a fault at `path`, or where `below` puts the field it is about."""
        try:
            yield
        except ValidationError as refused:
            if not hasattr(refused, "error_dict"):
                self.faults += [Fault(path, message) for message in refused.messages]
                return
            for field, errors in refused.error_dict.items():
                place = path if field == NON_FIELD_ERRORS else (*path, *below(field))
                self.faults += [Fault(place, message) for error in errors for message in error.messages]

    def raise_if_any(self) -> None:
        if self.faults:
            raise CaseFileRefused(self.faults)
