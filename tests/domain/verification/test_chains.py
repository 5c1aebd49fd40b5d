from verification.domain.chains import LONGEST, Chain, Fault, Flaw, Hop, Party, faults

ARTICLE, OFFICER = Party("2", "ARTICLE"), Party("3", "PERSON")


def test_a_chain_without_hops_is_sound():
    assert faults("1", []) == ()


def test_the_end_is_the_last_hop_or_the_carrier_itself():
    assert Chain(ARTICLE).end == ARTICLE
    assert Chain(ARTICLE, (Hop(OFFICER, "QUOTES"),)).end == OFFICER


def test_a_hop_may_not_name_its_own_carrier():
    assert faults("1", ["2", "1"]) == (Fault(Flaw.NAMES_ITS_CARRIER, 2),)


def test_a_chain_may_not_go_round():
    assert faults("1", ["2", "3", "2"]) == (Fault(Flaw.LOOPS, 3, before=1),)


def test_every_fault_is_named_at_once():
    assert [fault.flaw for fault in faults("1", ["1", "2", "2"])] == [Flaw.NAMES_ITS_CARRIER, Flaw.LOOPS]


def test_a_chain_has_an_end_to_its_length():
    sources = [str(number) for number in range(1, LONGEST + 2)]
    assert faults("0", sources[:-1]) == ()
    assert faults("0", sources) == (Fault(Flaw.TOO_LONG, LONGEST + 1),)


def test_hops_that_name_nobody_yet_are_not_the_same_source():
    assert faults("", ["", "", "1"]) == ()
