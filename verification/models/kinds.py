"""The closed lists of this room, in the field's own terms."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Stance(models.TextChoices):
    SUPPORTS = "SUPPORTS", _("Supports")
    CONTRADICTS = "CONTRADICTS", _("Contradicts")
    CONTEXT = "CONTEXT", _("Context")


class HopKind(models.TextChoices):
    """How the one below has it from the one above (PROV terms in DOMAIN.md)."""

    QUOTES = "QUOTES", _("quotes")
    TOLD_BY = "TOLD_BY", _("was told by")
    TRANSLATES = "TRANSLATES", _("translates")
    REPUBLISHES = "REPUBLISHES", _("republishes")
    SUMMARISES = "SUMMARISES", _("summarises")
    CITES = "CITES", _("cites")


class Basis(models.TextChoices):
    """How the last of the chain knows. The first three are first-hand and close the chain."""

    WITNESSED = "WITNESSED", _("witnessed it")
    RECORDED = "RECORDED", _("recorded it")
    AUTHORED = "AUTHORED", _("its own words")
    TOLD = "TOLD", _("was told, by whom is not said")
    INFERRED = "INFERRED", _("inferred it")
    UNKNOWN = "UNKNOWN", _("how it knows is not said")

    @property
    def is_first_hand(self) -> bool:
        return self in {Basis.WITNESSED, Basis.RECORDED, Basis.AUTHORED}


class Attribution(models.TextChoices):
    """On what terms it may be told (AP)."""

    ON_THE_RECORD = "ON_THE_RECORD", _("on the record")
    BACKGROUND = "BACKGROUND", _("background")
    DEEP_BACKGROUND = "DEEP_BACKGROUND", _("deep background")
    OFF_THE_RECORD = "OFF_THE_RECORD", _("off the record")


class Credibility(models.IntegerChoices):
    """Credibility of information in the Admiralty code (NATO AJP-2.1)."""

    CONFIRMED = 1, _("1: confirmed by other sources")
    PROBABLE = 2, _("2: probably true")
    POSSIBLE = 3, _("3: possibly true")
    DOUBTFUL = 4, _("4: doubtful")
    IMPROBABLE = 5, _("5: improbable")
    UNJUDGED = 6, _("6: truth cannot be judged")


class Risk(models.TextChoices):
    LOW = "LOW", _("low")
    MEDIUM = "MEDIUM", _("medium")
    HIGH = "HIGH", _("high")


class ClaimState(models.TextChoices):
    """Where a claim is on its way; `verification.domain.workflow` holds what leads from one to the next."""

    TRIAGE = "TRIAGE", _("Triage")
    CHECKING = "CHECKING", _("Checking")
    IN_REVIEW = "IN_REVIEW", _("In review")
    AWAITING_VERDICT = "AWAITING_VERDICT", _("Awaiting verdict")
    DECIDED = "DECIDED", _("Decided")
    PUBLISHED = "PUBLISHED", pgettext_lazy("state of a claim", "Published")
    REOPENED = "REOPENED", _("Reopened")
    CLOSED = "CLOSED", _("Closed")


class VerdictValue(models.TextChoices):
    CONFIRMED = "CONFIRMED", _("Confirmed")
    DISPUTED = "DISPUTED", _("Disputed")
    REFUTED = "REFUTED", _("Refuted")
    UNPROVEN = "UNPROVEN", _("Unproven")
    MISLEADING = "MISLEADING", _("Misleading")
    WITHDRAWN = "WITHDRAWN", _("Withdrawn")


class Duty(models.TextChoices):
    CHECK = "CHECK", _("Check")
    REVIEW = "REVIEW", _("Review")


class AssignmentState(models.TextChoices):
    OPEN = "OPEN", _("open")
    ACCEPTED = "ACCEPTED", _("accepted")
    DECLINED = "DECLINED", _("declined")
    DONE = "DONE", _("done")
    CANCELLED = "CANCELLED", _("cancelled")


class Confidence(models.TextChoices):
    LOW = "LOW", _("low")
    MODERATE = "MODERATE", _("moderate")
    HIGH = "HIGH", _("high")


class ReviewOutcome(models.TextChoices):
    RECOMMENDED = "RECOMMENDED", _("recommends a verdict")
    SENT_BACK = "SENT_BACK", _("sent back")


class AlertKind(models.TextChoices):
    """What happened that is a reason to look again."""

    EVIDENCE_WITHDRAWN = "EVIDENCE_WITHDRAWN", _("Evidence was withdrawn")
    CHAIN_CORRECTED = "CHAIN_CORRECTED", _("A chain was corrected")
    NEW_CONTRADICTION = "NEW_CONTRADICTION", _("Something contradicts it now")
    DERIVATION = "DERIVATION", _("What a work relies on was recorded or corrected")
    AFFILIATION = "AFFILIATION", _("Who stands behind a source was recorded or corrected")
    SOURCE_CHANGED = "SOURCE_CHANGED", _("A source was corrected")
    SOURCE_DOWNGRADED = "SOURCE_DOWNGRADED", _("A source was graded lower")
    PASSAGE_ALTERED = "PASSAGE_ALTERED", _("A passage was altered")
    PASSAGE_ABSENT = "PASSAGE_ABSENT", _("A passage is absent")
    PASSAGE_BACK = "PASSAGE_BACK", _("A passage is there again")
    PAGE_UNREAD = "PAGE_UNREAD", _("A page could not be read for long")

    @property
    def is_of_a_passage(self) -> bool:
        """Seen on a page, and nothing that the desk recorded or corrected."""
        return self in {AlertKind.PASSAGE_ALTERED, AlertKind.PASSAGE_ABSENT, AlertKind.PASSAGE_BACK}
