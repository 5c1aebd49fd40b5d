"""A tracked table whose rows are added and never changed: what it says was said for good."""

from django.db import models


class OnlyGrows(models.Model):
    """The migration that makes its table guards it (`audit.appendonly`), the web server's role may only add to it
    (`audit.grants`), and the verifier looks for the guard (`audit.verifying.schema`)."""

    class Meta:
        abstract = True
