from django.db import models
from django.db.models.functions import Now

from newsroom.models.user import User


class Notification(models.Model):
    """Something that happened and concerns a person. It points at a page and names an act; it carries no case text."""

    person = models.ForeignKey(User, models.CASCADE, related_name="notifications")
    act = models.ForeignKey("audit.Act", models.PROTECT, related_name="+")
    case = models.ForeignKey("newsroom.Case", models.PROTECT, null=True, related_name="+")
    url = models.CharField(max_length=200)
    created_at = models.DateTimeField(db_default=Now())
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-id",)
        indexes = [models.Index(fields=["person", "-id"], name="notification_by_person")]

    def __str__(self) -> str:
        return f"{self.person_id}: {self.act_id}"
