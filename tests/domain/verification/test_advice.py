"""What would change it, and what if."""

import time
from dataclasses import replace

from hypothesis import given, settings

from tests.domain.verification.grounds import grounds
from tests.domain.verification.test_corroboration_first_case import CLAIM_2, ground
from tests.domain.verification.test_corroboration_textbook import chain
from verification.domain.advice import (
    Action,
    Change,
    apply,
    reached_directly,
    traced_to,
    what_would_change_it,
    with_end_closed,
    with_relays_verified,
    without_source,
)
from verification.domain.corroboration import Ground, Stance, corroborate


def pair(ground: Ground) -> tuple[int, int]:
    found = corroborate(ground).supports
    return found.established.lower, found.possible.lower


def test_claim_2_is_told_to_go_round_middle_east_eye_or_to_verify_both_relays() -> None:
    found = what_would_change_it(CLAIM_2, most=100)
    moves = {advice.changes: (advice.established.lower, advice.possible.lower) for advice in found}
    # Verifying one of two relays in a row brings nothing, both bring all three commanders side by side.
    assert (Change(Action.VERIFY_RELAY, "S11"),) not in moves
    assert moves[Change(Action.VERIFY_RELAY, "S11"), Change(Action.VERIFY_RELAY, "S12")] == (1, 3)
    # Hearing the second commander himself makes a second possible line; learning that he was there makes it certain.
    assert moves[Change(Action.REACH_SOURCE, "S2"),] == (1, 2)
    assert moves[Change(Action.CLOSE_END, "S2"), Change(Action.REACH_SOURCE, "S2")] == (2, 2)
    assert (found[0].established.lower, found[0].possible.lower) == (2, 2)


def test_an_open_line_is_told_to_ask_how_the_source_knows() -> None:
    best, *_ = what_would_change_it(ground(chain("S12 < S11 < S6 < S7")))
    assert best.changes == (Change(Action.CLOSE_END, "S7"),)
    assert (best.established.lower, best.possible.lower) == (1, 1)


def test_the_other_side_has_its_own_next_steps() -> None:
    """The statement carried by Tasnim is one closed line; no single further step makes it two."""
    assert what_would_change_it(CLAIM_2, Stance.CONTRADICTS) == ()


def test_nothing_to_advise_without_evidence() -> None:
    assert what_would_change_it(Ground((), (), ())) == ()


def test_a_withdrawn_source_takes_its_lines_with_it() -> None:
    assert pair(without_source(CLAIM_2, "S1")) == (0, 1)
    assert pair(without_source(CLAIM_2, "S11")) == (0, 0)


def test_a_withdrawn_relay_takes_nothing_if_it_was_checked() -> None:
    checked = with_relays_verified(with_relays_verified(CLAIM_2, "S12"), "S11")
    assert pair(checked) == (1, 3)
    assert pair(without_source(checked, "S11")) == (1, 3)


def test_an_open_end_traced_to_a_source_already_there_is_no_second_line() -> None:
    spoken_to = reached_directly(ground(*CLAIM_2.evidence[:2]), "S2")
    assert pair(spoken_to) == (1, 2)
    assert pair(traced_to(spoken_to, "S2", "S1", basis="WITNESSED")) == (1, 1)
    assert pair(traced_to(spoken_to, "S2", "S14", basis="WITNESSED")) == (2, 2)


def test_the_next_steps_on_claim_2_are_as_the_methods_page_tells_them() -> None:
    spoken_to = reached_directly(CLAIM_2, "S2")
    assert pair(spoken_to) == (1, 2)
    assert pair(with_end_closed(spoken_to, "S2")) == (2, 2)
    told_by_the_first = traced_to(spoken_to, "S2", "S1", basis="WITNESSED")
    assert pair(told_by_the_first) == (1, 2)
    assert pair(without_source(told_by_the_first, "S3")) == (1, 1)


def test_what_if_writes_nothing() -> None:
    before = replace(CLAIM_2)
    for change in (without_source, with_relays_verified, reached_directly):
        change(CLAIM_2, "S11")
    assert before == CLAIM_2


@settings(max_examples=60, deadline=None, derandomize=True)
@given(grounds(most=4))
def test_advice_keeps_its_word(ground: Ground) -> None:
    """Each advice moves the pair as it says, and never down."""
    established, possible = pair(ground)
    for advice in what_would_change_it(ground):
        after = pair(apply(ground, advice.changes))
        assert after == (advice.established.lower, advice.possible.lower)
        assert after[0] >= established
        assert after > (established, possible)


def test_advice_on_fifty_pieces_of_evidence_is_bounded() -> None:
    evidence = tuple(chain(f"paper{n} < agency{n % 7} < voice{n % 11} < voice{n % 5 + 20}") for n in range(50))
    started = time.process_time()
    assert what_would_change_it(Ground((), (), evidence))
    assert time.process_time() - started < 2
