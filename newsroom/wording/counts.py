"""What Django's own Arabic counts wrongly: it says "3 بايتان" for three bytes and "12 أحرف" for twelve characters.

These are its message ids, gathered here so that our catalogue may say them otherwise.
"""

from django.utils.translation import ngettext_lazy

BYTES = ngettext_lazy("%(size)d byte", "%(size)d bytes", "size")
SHORTEST_PASSWORD = ngettext_lazy(
    "Your password must contain at least %(min_length)d character.",
    "Your password must contain at least %(min_length)d characters.",
    "min_length",
)
