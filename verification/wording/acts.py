"""How what is done to claims, evidence, reviews and verdicts is told."""

from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from audit import telling
from newsroom.models import Case
from verification.models import Alert, Assignment, Claim, Comment, Evidence, Hop, Mention, ReplyRequest, Review, Verdict
from verification.queries.chains_told import chains_told
from verification.wording.alerts_told import alerts_told

# Translators: %(who)s is who did it, %(what)s the number of the claim or of the evidence. Arabic may put the deed first
# as a noun (تعليق من ... على ...، مراجعة من ...): that needs no gender.
telling.acts(
    Claim,
    {
        "claim.create": _("%(who)s wrote claim %(what)s"),
        "claim.edit": _("%(who)s edited claim %(what)s"),
        "claim.comment": _("%(who)s commented on claim %(what)s"),
        "claim.close": _("%(who)s closed claim %(what)s"),
        "claim.reopen": _("%(who)s reopened claim %(what)s"),
        "claim.assign": _("%(who)s assigned claim %(what)s"),
        "claim.review": _("%(who)s sent a review of claim %(what)s"),
        "claim.rule": _("%(who)s ruled on claim %(what)s"),
        "reply.ask": _("%(who)s asked for a reply to claim %(what)s"),
        "reply.note": _("%(who)s noted what came of a reply to claim %(what)s"),
        "assignment.accept": _("%(who)s accepted an assignment on claim %(what)s"),
        "assignment.decline": _("%(who)s declined an assignment on claim %(what)s"),
        "assignment.finish": _("%(who)s finished checking claim %(what)s"),
        "assignment.cancel": _("%(who)s cancelled an assignment on claim %(what)s"),
        "alert.open": _("Claim %(what)s needs another look"),
        "alert.close": _("%(who)s closed an alert on claim %(what)s"),
    },
)
telling.acts(
    Evidence,
    {
        "evidence.add": _("%(who)s added evidence %(what)s"),
        "evidence.edit": _("%(who)s corrected evidence %(what)s"),
        "evidence.bind": _("%(who)s bound evidence %(what)s to where its words stand"),
        "evidence.withdraw": _("%(who)s withdrew evidence %(what)s"),
    },
)
telling.acts(None, {"mention.adopt": _("%(who)s took into the record whom comments call on")})
telling.acts(Case, {"case.import": _("%(who)s imported the case %(what)s")})

telling.marks({"claim.rule": pgettext_lazy("moment", "Ruled")})

telling.rows(
    Claim,
    hidden=("case", "created_by", "created_at"),
    page=lambda claim: reverse("claim-detail", args=[claim.reference]),
    written_in={"statement": "language"},
)
# Its carrier, its hops and how the last of them knows are one thing: the chain.
telling.rows(
    Evidence,
    of="claim",
    hidden=("claim", "source", "basis", "added_by", "added_at", "withdrawn_at", "withdrawn_by"),
    page=lambda evidence: reverse("evidence-history", args=[evidence.reference]),
    written_in={"quotation": "quotation_language"},
    composed=chains_told,
)
telling.rows(Hop, of="evidence", within=True)
telling.rows(Assignment, of="claim", named_by=("person",), hidden=("claim", "person", "assigned_by", "assigned_at"))
telling.rows(Review, of="claim", named_by=("reviewer",), hidden=("claim", "assignment", "reviewer", "submitted_at"))
telling.rows(
    Verdict,
    of="claim",
    hidden=("claim", "ruled_by", "ruled_at", "policy_report", "corroboration_report", "supersedes"),
    name=lambda verdict: verdict.get_value_display(),
)
telling.rows(Comment, of="claim", named_by=("author",), hidden=("claim", "author", "written_at"))
telling.rows(Mention, of="comment", hidden=("comment",), name=lambda mention: mention.person.name)
telling.rows(ReplyRequest, of="claim", named_by=("addressee",), hidden=("claim", "addressee", "asked_by", "asked_at"))
telling.rows(
    Alert,
    of="claim",
    hidden=("claim", "because_of", "kind", "before", "after", "opened_at", "closed_by", "closed_at"),
    name=lambda alert: alert.get_kind_display(),
    composed=alerts_told,
)

telling.systems({"corroboration": _("the count of corroboration"), "migration": _("an update of the product")})
