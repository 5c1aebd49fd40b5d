"""How what is done to the ledger itself is told."""

from django.utils.translation import gettext_lazy as _

from audit import telling
from audit.models import LedgerKey

telling.acts(
    LedgerKey,
    {
        "ledger.key": _("%(who)s took the signing key %(what)s into use"),
        "ledger.key_retired": _("%(who)s retired the signing key %(what)s"),
    },
)
telling.acts(None, {"audit.export": _("%(who)s exported the ledger for verification")})
telling.rows(LedgerKey, hidden=("public_key",))
telling.systems({"ledger": _("the ledger"), "command line": _("the command line")})
