"""How what is done to people and cases is told."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from audit import telling
from newsroom.models import Case, Membership, User, VerificationPolicy
from newsroom.models.fields import LanguageField
from newsroom.models.translations import TranslationsField
from newsroom.wording.languages import language_name

# Translators: %(who)s is who did it, %(what)s the name or number of what it was done to. Arabic may put the deed first
# as a noun (إنشاء القضية ... : ...), which needs no gender.
telling.acts(
    User,
    {
        "person.create": _("%(who)s added %(what)s to the desk"),
        "person.change": _("%(who)s changed the account of %(what)s"),
        "person.close": _("%(who)s closed the account of %(what)s"),
        "person.language": _("%(who)s chose another language"),
        "person.password": _("%(who)s set a new password"),
    },
)
telling.acts(
    Case,
    {
        "case.create": _("%(who)s opened the case %(what)s"),
        "case.edit": _("%(who)s changed the case %(what)s"),
        "case.policy": _("%(who)s changed the policy of %(what)s"),
        "case.members": _("%(who)s changed the members of %(what)s"),
    },
)
telling.acts(None, {"export.download": _("%(who)s took a copy of the record out of the house")})
telling.acts(None, {"ledger.verify": _("%(who)s had the ledger verified")})
telling.values(LanguageField, language_name)
telling.values(TranslationsField, language_name)
telling.rows(Case, hidden=("created_by", "created_at"), page=lambda case: reverse("case-detail", args=[case.slug]))
telling.rows(VerificationPolicy, of="case", hidden=("case",))
telling.rows(Membership, of="case", named_by=("user",), hidden=("case", "user"))
telling.rows(
    User,
    hidden=("is_superuser", "created_at"),
    no_longer_shown=lambda person: {"name", "email"} if person.is_closed else set(),
)
