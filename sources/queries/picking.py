"""The sources that are offered while somebody writes the name, the number or the address of one."""

from django.db.models import BooleanField, ExpressionWrapper, Q

from newsroom.domain.text import search_key
from newsroom.models import Case, User
from sources.domain.captures import UnableToFetch
from sources.domain.urls import canonical
from sources.models import Source

OFFERED = 12
SHORTEST = 3  # of a name by which others are found that hold it: two letters are part of too many
LONGEST = 300
NOTHING = Q(pk__in=[])


def offered(user: User, case: Case | None, typed: str) -> list[Source]:
    """At most `OFFERED` sources `user` may use in `case`: those whose name begins so, then the latest."""
    typed = typed.strip()[:LONGEST]
    usable = Source.objects.visible_to(user).usable_in(case).select_related("publisher")
    matching = usable.found_by(typed) | usable.by_reference(typed) | usable.filter(_at(typed))
    begins = ExpressionWrapper(Q(search_key__startswith=search_key(typed)), BooleanField())
    return list(matching.order_by(begins.desc(), "-pk")[:OFFERED])


def similar(user: User, case: Case | None, name: str, url: str = "") -> list[Source]:
    """Sources that may be the very one somebody is about to register: at the same address, or of the same name."""
    key = search_key(name[:LONGEST])
    named = Q(search_key__contains=key) if len(key) >= SHORTEST else NOTHING
    usable = Source.objects.visible_to(user).usable_in(case).select_related("publisher")
    return list(usable.filter(named | _at(url)).order_by("-pk")[:OFFERED])


def is_same(source: Source, name: str, url: str) -> bool:
    """Whether one of its names, or its address, is this very one."""
    names = {search_key(each) for each in source.names}
    return search_key(name) in names or (source.canonical_url or None) == _canonical(url)


def _at(address: str) -> Q:
    found = _canonical(address)
    return Q(canonical_url=found) if found else NOTHING


def _canonical(address: str) -> str:
    try:
        return canonical(address.strip())
    except UnableToFetch:
        return ""
