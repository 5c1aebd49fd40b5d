"""Sizes as Arabic counts them: Django's own catalogue says "3 بايتان" for three bytes to ten.

Its message id, gathered here so that our catalogue may say it otherwise.
"""

from django.utils.translation import ngettext_lazy

BYTES = ngettext_lazy("%(size)d byte", "%(size)d bytes", "size")
