"""The ledger: every act bound into one Merkle log (RFC 9162), in the order in which they were committed.

PostgreSQL itself appends (`audit/sql/append.sql`), in the transaction of the act: one locked row makes the log gapless,
and what is digested is what was stored.
"""

from django.db import models

from audit.domain.merkle import SIZE, Peaks
from audit.models.act import Act


class Entry(models.Model):
    """`content` is the canonical statement of the act and of every history row it wrote; its hash is the leaf.

    `hashes` are the leaf and, behind it, the roots of the perfect trees that are complete with this entry. So every
    node of the tree stands in the entry that completed it, and a proof is a few entries.
    """

    index = models.BigIntegerField(primary_key=True)
    # Without a foreign key in the database: the function that writes the act writes this row, a check would only cost.
    act = models.OneToOneField(Act, models.PROTECT, related_name="entry", db_constraint=False)
    recorded_at = models.DateTimeField()
    content = models.BinaryField()
    hashes = models.BinaryField()

    class Meta:
        ordering = ("index",)

    def __str__(self) -> str:
        return f"{self.index}"

    def node(self, level: int) -> bytes:
        return bytes(self.hashes)[level * SIZE : (level + 1) * SIZE]


class Head(models.Model):
    """The one row that whoever appends must hold: how long the log is, and its peaks."""

    id = models.BooleanField(primary_key=True, default=True)
    size = models.BigIntegerField()
    packed = models.BinaryField()
    recorded_at = models.DateTimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=models.Q(id=True), name="the_ledger_has_one_head")]

    def __str__(self) -> str:
        return f"{self.size}"

    @property
    def peaks(self) -> Peaks:
        return Peaks.read(self.size, bytes(self.packed))


class Shape(models.Model):
    """Which columns a digest of a history row was taken over. Tables grow; what was digested before did not."""

    table = models.CharField(max_length=63)
    columns = models.JSONField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "columns"], name="a_shape_of_a_table_stands_once")]

    def __str__(self) -> str:
        return f"{self.table}: {len(self.columns)}"
