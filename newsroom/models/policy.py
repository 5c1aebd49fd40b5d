"""What a case asks for before a claim may be called confirmed."""

from typing import Any

from django.core.validators import MaxValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from audit.models import tracked


class Preset(models.TextChoices):
    LIGHT = "LIGHT", _("Light")
    STANDARD = "STANDARD", _("Standard")
    HIGH_RISK = "HIGH_RISK", _("High risk")


class LoneAnonymous(models.TextChoices):
    """May a claim rest on one anonymous source?"""

    ALLOWED = "ALLOWED", _("allowed")
    SECOND_EDITOR = "SECOND_EDITOR", _("needs a second editor")
    FORBIDDEN = "FORBIDDEN", _("forbidden")


class VerificationPolicy(models.Model):
    """One per case, started from a preset. `override_allowed`: an editor may confirm against it, with a reason."""

    case = models.OneToOneField("newsroom.Case", models.PROTECT, related_name="policy", verbose_name=_("case"))
    preset = models.CharField(_("preset"), max_length=12, choices=Preset.choices, default=Preset.STANDARD)
    least_independent_lines = models.PositiveSmallIntegerField(
        _("least independent lines"), default=2, validators=[MaxValueValidator(20)]
    )
    least_reviews = models.PositiveSmallIntegerField(
        _("least reviews by others"), default=1, validators=[MaxValueValidator(20)]
    )
    four_eyes = models.BooleanField(_("four eyes"), default=True)
    capture_every_url = models.BooleanField(_("every cited page captured"), default=True)
    lone_anonymous = models.CharField(
        _("a lone anonymous source"), max_length=16, choices=LoneAnonymous.choices, default=LoneAnonymous.SECOND_EDITOR
    )
    reply_required = models.BooleanField(_("a reply must have been asked for"), default=False)
    override_allowed = models.BooleanField(_("override with a reason"), default=True)
    blind_reviews = models.BooleanField(_("reviews stay blind until submitted"), default=True)

    history: Any = tracked()

    class Meta:
        verbose_name = _("verification policy")
        verbose_name_plural = _("verification policies")

    def __str__(self) -> str:
        return self.get_preset_display()


# What each preset asks for; docs/methods/verdicts.md tells the reader why.
PRESETS: dict[str, dict[str, Any]] = {
    Preset.LIGHT: {
        "least_independent_lines": 1,
        "least_reviews": 1,
        "four_eyes": True,
        "capture_every_url": False,
        "lone_anonymous": LoneAnonymous.SECOND_EDITOR,
        "reply_required": False,
        "override_allowed": True,
    },
    Preset.STANDARD: {
        "least_independent_lines": 2,
        "least_reviews": 1,
        "four_eyes": True,
        "capture_every_url": True,
        "lone_anonymous": LoneAnonymous.SECOND_EDITOR,
        "reply_required": False,
        "override_allowed": True,
    },
    Preset.HIGH_RISK: {
        "least_independent_lines": 2,
        "least_reviews": 2,
        "four_eyes": True,
        "capture_every_url": True,
        "lone_anonymous": LoneAnonymous.FORBIDDEN,
        "reply_required": True,
        "override_allowed": False,
    },
}


def policy_from(preset: str, case: Any) -> VerificationPolicy:
    """An unsaved policy of `case` with what `preset` asks for."""
    return VerificationPolicy(case=case, preset=preset, **PRESETS[preset])
