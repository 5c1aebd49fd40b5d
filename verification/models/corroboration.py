"""The numbers of a claim, kept beside it so that a list of claims need not count them. Derived, so without history."""

from django.db import models
from django.db.models.functions import Now

from audit.models import Act
from verification.models.claim import Claim


class Corroboration(models.Model):
    """What `verification.recount` last found of `claim`; written by nothing else.

    The plain numbers are of what supports it, `against_` of what contradicts it: proven lower bounds of established,
    upper bounds of possible lines; `exact` where these are the numbers themselves. `report` is what an alert compares
    (`verification.domain.changes`). While a `RecountDue` stands, all this may be out of date, and pages say so.
    """

    claim = models.OneToOneField(Claim, models.PROTECT, primary_key=True, related_name="corroboration")
    lines = models.PositiveIntegerField()
    established = models.PositiveIntegerField()
    possible = models.PositiveIntegerField()
    against_lines = models.PositiveIntegerField()
    against_established = models.PositiveIntegerField()
    against_possible = models.PositiveIntegerField()
    exact = models.BooleanField()
    contested = models.BooleanField()
    single_source = models.BooleanField()
    policy_met = models.BooleanField()
    open_points = models.PositiveSmallIntegerField()
    report = models.JSONField()
    counted_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(established__lte=models.F("possible"), possible__lte=models.F("lines"))
                & models.Q(against_established__lte=models.F("against_possible")),
                name="established_is_at_most_possible_is_at_most_lines",
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}: {self.established} of {self.possible}"


class RecountDue(models.Model):
    """`claim` is to be counted again because of `act`. The queue; a message only wakes a worker.

    Without constraints in the database: whoever writes a source must not wait for somebody who holds a claim, who in
    turn waits for that source.
    """

    claim = models.ForeignKey(Claim, models.DO_NOTHING, db_constraint=False, related_name="recounts_due")
    act = models.ForeignKey(Act, models.DO_NOTHING, db_constraint=False, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.claim_id} after {self.act_id}"
