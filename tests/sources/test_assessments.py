import pytest
from django.core.exceptions import ValidationError

from newsroom.models import Case
from newsroom.permits import Denied
from sources.models import SourceAssessment
from tests.cast import Cast
from tests.sources import make


def test_the_latest_on_each_topic_stands(cast: Cast, case: Case) -> None:
    source = make.source(cast, case)
    for reliability, topic in [("F", ""), ("B", ""), ("C", "casualty figures"), ("D", "casualty figures")]:
        make.assessment(cast, source, reliability, topic=topic)
    make.assessment(cast, make.source(cast, case), "A")
    standing = SourceAssessment.objects.filter(source=source).latest_per_topic()
    assert [(each.topic, each.reliability) for each in standing] == [("", "B"), ("casualty figures", "D")]


def test_grades_accumulate(cast: Cast, case: Case) -> None:
    source = make.source(cast, case)
    make.assessment(cast, source, "B")
    make.assessment(cast, source, "C")
    assert [each.reliability for each in source.assessments.all()] == ["C", "B"]


@pytest.mark.parametrize(
    ("field", "typed"),
    [("reason", ""), ("reason", "\x00"), ("reliability", "G"), ("topic", "a\u202eb"), ("topic", "\ud800")],
)
def test_bad_input_is_refused_where_it_stands(cast: Cast, case: Case, field: str, typed: str) -> None:
    source = make.source(cast, case)
    with pytest.raises(ValidationError) as refused:
        make.assessment(cast, source, **{field: typed})
    assert list(refused.value.message_dict) == [field]


def test_an_observer_is_refused(cast: Cast, case: Case) -> None:
    with pytest.raises(Denied):
        make.assessment(cast, make.source(cast, case), actor=cast.omar)
