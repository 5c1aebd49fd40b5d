from typing import Any

from django.db import models

from audit.models.history import tracked


class LedgerKey(models.Model):
    """A key that signs checkpoints: its public half. When it came into use, and when it went, are acts.

    Whoever verifies pins the keys they trust by themselves; this row only says what the desk said of them.
    """

    name = models.CharField(max_length=200)
    public_key = models.BinaryField(max_length=32, unique=True)
    retired = models.BooleanField(default=False)

    history: Any = tracked()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.name
