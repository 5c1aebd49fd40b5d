"""How what leaves the house is told."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit import telling
from newsroom.models import Case
from publishing.models import Inclusion, Publication
from publishing.wording.releases import name_in_full
from verification.models import Claim

# Translators: %(who)s is who did it, %(what)s the number of the claim or the title of the case.
telling.acts(
    Claim,
    {
        "claim.publish": _("%(who)s published claim %(what)s"),
        "claim.correct": _("%(who)s published a correction of claim %(what)s"),
    },
)
telling.acts(
    Case,
    {
        "case.publish": _("%(who)s published the case %(what)s"),
        "case.correct": _("%(who)s published a correction of the case %(what)s"),
    },
)
PUBLISHED, CORRECTED = pgettext_lazy("moment", "Published"), pgettext_lazy("moment", "Correction published")
telling.marks(
    {"claim.publish": PUBLISHED, "case.publish": PUBLISHED, "claim.correct": CORRECTED, "case.correct": CORRECTED}
)
telling.rows(
    Publication,
    of="claim",
    name=name_in_full,
    page=Publication.get_absolute_url,
    hidden=("case", "claim", "number", "content", "released_by", "released_at", "released_in"),
)
telling.rows(Inclusion, of="release", named_by=("included",), hidden=("release", "included"))
