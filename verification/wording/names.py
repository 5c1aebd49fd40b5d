"""Names inside a sentence: kept apart from its direction, cut where there are many, joined as a language joins."""

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from newsroom.wording.text import isolated
from sources.models import Source
from sources.wording.names import name_of

MOST = 3


def plain(sentence: str) -> str:
    """Without the marks of `isolated`: for a terminal, and for JSON."""
    return sentence.replace("\u2068", "").replace("\u2069", "")


def carrier_name(source: Source) -> str:
    """What a reader knows it by: an article by the outlet it came out of."""
    return name_of(source.publisher or source)


def names_of(keys: Iterable[str], sources: Mapping[str, Source], *, most: int = MOST) -> str:
    return joined([isolated(name_of(sources[key])) for key in keys], most=most)


def carriers_of(keys: Iterable[str], sources: Mapping[str, Source], *, most: int = MOST) -> str:
    """The same, by what a reader knows them by."""
    return joined([isolated(carrier_name(sources[key])) for key in keys], most=most)


def joined(names: Sequence[str], *, most: int = MOST) -> str:
    """ "A", "A and B", "A, B and C", "A, B, C and 4 others"."""
    if len(names) > most + 1:
        number = len(names) - most
        more = ngettext("%(number)d other", "%(number)d others", number) % {"number": number}
        names = [*names[:most], more]
    if len(names) < 2:
        return "".join(names)
    # Translators: the last two of a list of names, as in "A, B and C".
    return _("%(names)s and %(last)s") % {"names": _(", ").join(names[:-1]), "last": names[-1]}
