"""Until when a host is left alone, because it asked for it. Queue state: no fact, and without history."""

from django.db import models


class HostRest(models.Model):
    host = models.TextField(primary_key=True)  # as in Capture.host
    until = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.host} until {self.until:%H:%M:%S}"
