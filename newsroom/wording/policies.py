"""What a case asks for, line by line: also what it does not ask for, which is a rule as well."""

from django.utils.translation import gettext as _

from audit.queries.facts import facts
from newsroom.models import VerificationPolicy


def rules_in_words(policy: VerificationPolicy) -> list[tuple[str, str]]:
    """What each rule is called, and what the policy says of it."""
    return [(_sentence_case(str(field.verbose_name)), _said(policy, field.name)) for field in facts(VerificationPolicy)]


def _said(policy: VerificationPolicy, name: str) -> str:
    value = getattr(policy, name)
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    return str(getattr(policy, f"get_{name}_display", lambda: value)())


def _sentence_case(label: str) -> str:
    return label[:1].upper() + label[1:]
