"""What holds for every measure: declared in full, in order, defined for the smallest graphs, the same each time."""

import math

import pyarrow as pa
import pytest

from netofnets.analysis.artefacts import measures_markdown
from netofnets.analysis.registry import MEASURES, compute, kept_apart, measure, needed, run_all
from netofnets.errors import NotFound, SettingsError
from netofnets.graph.snapshot import Snapshot
from tests.data.graphs import camps, snapshot, two_camps

SMALL = {
    "nothing": lambda: Snapshot.build({}),
    "one leader": lambda: snapshot({"a": []}),
    "one network": lambda: snapshot({}, networks=["x"]),
    "one membership": lambda: snapshot({"a": ["x"]}),
    "one tie": lambda: snapshot({"a": [], "b": []}, [("a", "b")]),
    "a loop": lambda: snapshot({"a": ["x"]}, [("a", "a")]),
    "all in one": lambda: snapshot({x: ["x"] for x in "abcd"}),
    "all in all": lambda: snapshot({x: ["x", "y", "z"] for x in "abcd"}),
    "two camps": two_camps,
}


@pytest.mark.parametrize("name", SMALL)
def test_every_measure_is_defined_for_the_smallest_graphs(name):
    made = SMALL[name]()
    for measure_id, table in run_all(made).items():
        assert table.column_names == [output.name for output in measure(measure_id).outputs]
        for column in table.columns:
            if pa.types.is_floating(column.type):
                assert all(math.isfinite(value) for value in column.drop_null().to_pylist()), (measure_id, name)


def test_every_measure_is_declared_in_full():
    seen: set[str] = set()
    for declared in MEASURES:
        assert set(declared.needs) <= seen, declared.id
        assert declared.id not in seen
        seen.add(declared.id)
        assert declared.question.endswith("?")
        for text in (declared.use, declared.misleads, *(o.help for o in declared.outputs)):
            assert text.endswith("."), (declared.id, text)
        assert all(parameter.help.endswith(".") for parameter in declared.parameters)


def test_one_measure_alone_is_the_same_as_among_all():
    made = camps(joining=3)
    results = run_all(made)
    for measure_id, table in results.items():
        assert compute(measure_id, made).equals(table), measure_id


def test_the_order_of_rows_does_not_matter():
    made = camps(joining=3)
    tables = {
        "leaders": made.nodes["leaders"],
        "networks": made.nodes["networks"],
    }
    ends = made.edges["memberships"]
    memberships = ends.table.append_column("from_id", made.ids("leaders").take(pa.array(ends.source))).append_column(
        "to_id", made.ids("networks").take(pa.array(ends.target))
    )
    turned = {name: table.take(pa.array(range(table.num_rows)[::-1])) for name, table in tables.items()}
    turned["memberships"] = memberships.take(pa.array(range(len(ends))[::-1]))
    found, expected = run_all(Snapshot.build(turned)), run_all(made)
    assert [name for name, table in found.items() if not table.equals(expected[name])] == []


def test_needs_come_first():
    assert [m.id for m in needed("layout")][-1] == "layout"
    assert {"overlap", "blocks", "communities", "bridges"} <= {m.id for m in needed("layout")}


def test_an_unknown_measure_or_value_says_what_there_is():
    with pytest.raises(NotFound, match="overlap, layers, islands"):
        measure("nothing")
    with pytest.raises(SettingsError, match="seed"):
        compute("communities", two_camps(), {"seed": "soon"})


def test_the_page_about_the_measures_names_every_column():
    page = measures_markdown()
    for declared in MEASURES:
        assert f"(`{declared.id}`)" in page
        assert all(f"| `{output.name}` |" in page for output in declared.outputs)


def test_parameters_of_one_name_stay_those_of_their_measures():
    used = {declared.id: declared.settled({}) for declared in MEASURES}
    assert used["layers"]["most"] != used["introductions"]["most"]
    used["layers"]["most"] = 7
    given = kept_apart(used)
    assert {declared.id: declared.settled(given) for declared in MEASURES} == used
    assert measure("layers").settled({**given, "most": 9})["most"] == 9
