from functools import cached_property

from django.db import models
from django.db.models.functions import Now

from audit.domain.notes import NotANote, Note, parse
from audit.signing import is_signed, trusted_keys


class Checkpoint(models.Model):
    """The log at one length, signed (C2SP tlog-checkpoint): whoever keeps `note` can tell whether it was changed since.

    `occasion` is the act it was made for, or empty where it was time for one.
    """

    size = models.BigIntegerField(primary_key=True)
    note = models.TextField()
    occasion = models.CharField(max_length=60, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ("-size",)

    def __str__(self) -> str:
        return f"{self.size}"

    @cached_property
    def stated(self) -> Note | None:
        """None where what stands here is no checkpoint over that many entries: the verifier finds it."""
        try:
            note = parse(self.note or "")  # whoever owns the table can leave none
        except NotANote:
            return None
        return note if note.checkpoint.size == self.size > 0 else None

    @cached_property
    def is_signed(self) -> bool:
        """By a key that is trusted: whoever may add rows here can write a note over whatever they like."""
        return self.stated is not None and is_signed(self.stated, trusted_keys())

    @property
    def root(self) -> bytes | None:
        return self.stated.checkpoint.root if self.stated else None
