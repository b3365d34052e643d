"""Stable ids."""

from netofnets.schema.identifiers import fold, record_id, relationship_id


def test_ids_tell_namespaces_kinds_and_local_ids_apart():
    ids = {record_id(*parts) for parts in [("leaders", "a", "1"), ("leaders", "a", "11"), ("leaders", "a1", "1")]}
    ids |= {record_id("networks", "a", "1")}
    assert len(ids) == 4
    assert all(len(i) == 17 for i in ids)


def test_one_id_in_two_spellings_of_unicode_is_one_id():
    assert record_id("leaders", "a", "\u00e9-1") == record_id("leaders", "a", "e\u0301-1")
    assert record_id("leaders", "a", "T1") != record_id("leaders", "a", "t1")


def test_ids_never_change_between_versions():
    # Links and Neo4j databases hold them: a change here breaks both.
    assert record_id("leaders", "a", "1") == "ljwu7efxgid44j4xx"
    assert relationship_id("memberships", "l1", "n1", ("2024-01-01",)) != relationship_id(
        "memberships", "l1", "n1", ("",)
    )


def test_fold_drops_case_accents_and_surplus_blanks():
    assert fold("  Jos\u00e9   NU\u00d1EZ ") == "jose nunez"
    assert fold("S\u00f8ren \u0141ukasz") == "soren lukasz"
