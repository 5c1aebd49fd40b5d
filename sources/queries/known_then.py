"""Sources as they stood, as far as somebody may know of them now.

A source that a restricted case shared is everybody's from then on. What that case held of it before, a name that tells
whose it was perhaps, stays what only its members know: for all others the source begins where it was shared.
"""

from collections.abc import Iterable

from audit.queries.then import stood
from newsroom.models import Case, User
from sources.models import Source


def known_then(sources: Iterable[int], moment: int, reader: User) -> list[Source]:
    """Those of these that stood then and that the reader may know of, then and now."""
    known = Source.objects.visible_to(reader).filter(pk__in=sources).values_list("pk", flat=True)
    return known_of(stood(Source, moment, "id", known), reader)


def known_of(versions: Iterable[Source], reader: User) -> list[Source]:
    """Those that belonged to the newsroom or to a case that the reader may know of."""
    versions = list(versions)
    cases = {each.case_id for each in versions if each.case_id is not None}
    known = {None, *Case.objects.visible_to(reader).filter(pk__in=cases).values_list("pk", flat=True)}
    return [each for each in versions if each.case_id in known]
