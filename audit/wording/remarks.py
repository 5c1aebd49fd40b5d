"""What a remark of the verifier says, in a sentence with its dates."""

from dataclasses import asdict
from datetime import datetime

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import ngettext

from audit.verifying.remarks import About, Remark


def remark_sentence(remark: Remark) -> str:
    values = {**asdict(remark), "since": _moment(remark.since), "signed": _moment(remark.signed)}
    if remark.about is About.UNSIGNED:
        said = ngettext(
            "Entry %(index)s is under no signed checkpoint. It was recorded on %(since)s.",
            "%(count)s entries, from %(index)s on, are under no signed checkpoint. "
            "The first was recorded on %(since)s.",
            remark.count,
        )
    else:
        said = ngettext(
            "Entry %(index)s was recorded on %(since)s and first signed on %(signed)s, with the checkpoint over "
            "%(size)s entries. Either nothing could be signed in between, or it was written anew: a checkpoint kept "
            "elsewhere tells which.",
            "%(count)s entries, from %(index)s on, were first signed on %(signed)s, with the checkpoint over "
            "%(size)s entries; the first was recorded on %(since)s. Either nothing could be signed in between, or they "
            "were written anew: a checkpoint kept elsewhere tells which.",
            remark.count,
        )
    return said % values


def _moment(said: str) -> str:
    try:
        return date_format(localtime(datetime.fromisoformat(said)), "DATETIME_FORMAT")
    except (ValueError, OverflowError):
        return said  # a time that cannot be, as PostgreSQL says it
