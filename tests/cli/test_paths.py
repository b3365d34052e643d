"""``netofnets paths``: one row a step, the same ways as Python and the page."""

import json

import netofnets

FROM, TO = "Edward Ghosh", "Pedro Santos"


def test_the_rows_are_the_steps_of_the_ways(run, example_home):
    rows = json.loads(run("paths", FROM, TO, "--format", "json"))
    with netofnets.answers(str(example_home)) as ask:
        answer = ask.paths(FROM, TO)
    assert answer.paths and [r["path"] for r in rows] == [n for n, p in enumerate(answer.paths, 1) for _ in p.steps]
    assert rows[0]["from_name"] == FROM and rows[-1]["to_name"] == TO
    assert [r["evidence"] for r in rows] == [list(s.evidence) for p in answer.paths for s in p.steps]
    broker = answer.paths[0].brokers[0]
    without = json.loads(run("paths", FROM, TO, "--without", broker.id, "--format", "json"))
    assert without and broker.id not in {r["to"] for r in without}
    assert run("paths", FROM, TO).splitlines()[0].split()[:2] == ["path", "step"]
