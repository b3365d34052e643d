"""Terms, blocks and reports: who accepted what, who is not shown to whom, and what goes with whom."""

import pytest

from netofnets.accounts.gate import open_accounts
from netofnets.accounts.model import AccountRole
from netofnets.accounts.reports import LONGEST, OPEN_AT_ONCE
from netofnets.accounts.terms import current_terms
from netofnets.errors import AccountError

ANA, BO = "l" + "a" * 16, "l" + "b" * 16


@pytest.fixture
def ana(gate):
    return gate.roll.add("ana@x.example", AccountRole.MEMBER, (ANA,), origin="test")


def test_who_accepted_which_version_when_is_kept_and_goes_with_the_account(gate, clock, ana):
    assert not gate.terms.stands(ana) and current_terms().paragraphs
    with pytest.raises(AccountError, match="changed"):
        gate.terms.accept(ana, "another", origin="test")
    gate.terms.accept(ana, current_terms().version, origin="test")
    clock.turn(days=3)
    gate.terms.accept(ana, current_terms().version, origin="test")
    (one,) = gate.terms.of(ana)
    assert (one.version, one.at) == (current_terms().version, int(clock.time.timestamp()) - 3 * 86400)
    gate.roll.close(ana.address, forget=True, origin="test")
    assert gate.terms.of(ana) == ()


def test_blocks_are_by_record_and_told_to_nobody(gate, ana):
    assert gate.blocks.add(ana, ANA, BO) and gate.blocks.add(ana, ANA, BO)
    assert gate.blocks.pairs() == ((ANA, BO),) and gate.blocks.of(ana) == (BO,)
    assert BO not in str(gate.audit.entries(5))
    gate.blocks.remove(ana, BO)
    assert gate.blocks.pairs() == ()


def test_reports_have_a_reason_are_few_at_a_time_and_are_settled_once(gate, ana):
    for wrong in ("", "x" * (LONGEST + 1)):
        with pytest.raises(AccountError):
            gate.reports.make(ana, BO, wrong, origin="test")
    for number in range(OPEN_AT_ONCE):
        gate.reports.make(ana, BO, f"wrong {number}", origin="test")
    with pytest.raises(AccountError, match="have not been answered"):
        gate.reports.make(ana, BO, "once more", origin="test")
    first = gate.reports.open()[0]
    assert (first.leader, first.reason, first.by) == (BO, "wrong 0", "ana@x.example")
    gate.reports.settle(first.number, who=ana, origin="test")
    with pytest.raises(AccountError, match="settled already"):
        gate.reports.settle(first.number, who=ana, origin="test")
    assert "wrong" not in str(gate.audit.entries(50)) and gate.audit.check()


def test_whoever_is_erased_is_in_no_report_and_no_block(gate, ana, tmp_path):
    gate.reports.make(ana, BO, "a secret sentence", origin="test")
    gate.blocks.add(ana, ANA, BO)
    open_accounts(tmp_path).reports.forget(lambda record: record == BO)
    assert gate.reports.open() == () and gate.blocks.pairs() == ()
    assert b"a secret sentence" not in b"".join(p.read_bytes() for p in tmp_path.glob("accounts.sqlite*"))
