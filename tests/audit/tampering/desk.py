"""A desk that has worked for a while, and where things stand in its record: the ground of every attack."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection

from audit import checkpoints
from audit.acts import act
from audit.models import Entry
from newsroom.actions import cases
from newsroom.models import Case
from tests import world
from tests.cast import assemble


@dataclass(frozen=True)
class Desk:
    """Two edits of one case, at `first` and `second` with their rows of history, and the three checkpoints around them.

    `early` is the checkpoint before both, `middle` the one between them, `late` the one after both.
    """

    case: int
    first: int
    first_act: int
    first_row: int
    second: int
    second_act: int
    second_row: int
    claim: int
    claim_row: int
    capture: UUID
    user: int
    early: int
    middle: int
    late: int
    size: int
    early_note: str
    late_note: str


def work() -> Desk:
    cast = assemble()
    things = world.build(cast)
    early = checkpoints.make()
    first = _edit(things.case, "First")
    middle = checkpoints.make()
    second = _edit(things.case, "Second")
    for number in range(3):
        cases.create(actor=cast.chadi, slug=f"case-{number}", title=f"Case {number}", language="en")
    late = checkpoints.make()
    for _ in range(2):
        with act("case.view", actor=cast.hana, case=things.case):
            pass
    assert early is not None
    assert middle is not None
    assert late is not None
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return Desk(
        case=things.case.pk,
        first=first.index,
        first_act=first.act_id,
        first_row=things.case.history.get(act_id=first.act_id).pk,
        second=second.index,
        second_act=second.act_id,
        second_row=things.case.history.get(act_id=second.act_id).pk,
        claim=things.claim.pk,
        claim_row=things.claim.history.latest("history_id").pk,
        capture=things.capture.pk,
        user=cast.amal.pk,
        early=early.size,
        middle=middle.size,
        late=late.size,
        size=Entry.objects.count(),
        early_note=early.note,
        late_note=late.note,
    )


def _edit(case: Case, title: str) -> Entry:
    case = Case.objects.get(pk=case.pk)
    cases.edit(
        actor=case.created_by,
        case_id=case.pk,
        version=case.version,
        title=title,
        language=case.language,
        restricted=case.restricted,
    )
    return Entry.objects.latest("index")
