"""What somebody did, as the line a feed shows."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from audit.models import Act

# Translators: who did what to a claim. Arabic may put the deed first as a noun (تعليق من ...، مراجعة من ...):
# that needs no gender.
_SENTENCES: Mapping[str, str | Promise] = {
    "claim.create": gettext_lazy("%(who)s wrote this claim"),
    "claim.edit": gettext_lazy("%(who)s edited this claim"),
    "claim.comment": gettext_lazy("%(who)s commented"),
    "claim.close": gettext_lazy("%(who)s closed this claim"),
    "claim.reopen": gettext_lazy("%(who)s reopened this claim"),
    "claim.assign": gettext_lazy("%(who)s assigned this claim"),
    "claim.review": gettext_lazy("%(who)s sent a review"),
    "claim.rule": gettext_lazy("%(who)s ruled on this claim"),
    "evidence.add": gettext_lazy("%(who)s added evidence"),
    "evidence.edit": gettext_lazy("%(who)s corrected evidence"),
    "evidence.withdraw": gettext_lazy("%(who)s withdrew evidence"),
    "assignment.accept": gettext_lazy("%(who)s accepted an assignment"),
    "assignment.decline": gettext_lazy("%(who)s declined an assignment"),
    "assignment.finish": gettext_lazy("%(who)s finished checking"),
    "assignment.cancel": gettext_lazy("%(who)s cancelled an assignment"),
    "case.import": gettext_lazy("%(who)s imported this claim with its case"),
}


def act_sentence(act: Act) -> str:
    """An act nobody has put into words is shown under its own name rather than left out."""
    sentence = _SENTENCES.get(act.name)
    if sentence is None:
        return _("%(who)s: %(act)s") % {"who": act.actor_name, "act": act.name}
    return str(sentence) % {"who": act.actor_name}
