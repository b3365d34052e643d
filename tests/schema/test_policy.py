"""Who may see what: the whole table, written out; and a change of any line of the rule is noticed."""

import ast
import itertools
import types
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from netofnets.schema import policy
from netofnets.schema.model import Visibility
from netofnets.schema.policy import NOBODY, Standing, Who, may_see, standing

# For each standing: the levels at which somebody who stands so sees a person, and whether contact data.
TABLE = {
    "stranger": ("public", False),
    "signed_in": ("signed_in public", False),
    "fellow": ("shared_network signed_in public", False),
    "organizer": ("organizers shared_network signed_in public", True),
    "self": ("hidden organizers shared_network signed_in public", True),
}
# (who looks, the networks of a person "p") and what the one is to the other.
STANDINGS = [
    ({}, {"a"}, "stranger"),
    ({"organizes": frozenset("a"), "record": "p", "fellow_in": frozenset("a")}, {"a"}, "stranger"),
    ({"signed_in": True}, {"a"}, "signed_in"),
    ({"signed_in": True, "record": "q"}, set(), "signed_in"),
    ({"signed_in": True, "record": "p", "organizes": frozenset("a")}, {"a"}, "self"),
    ({"signed_in": True, "record": "p"}, set(), "self"),
    ({"signed_in": True, "organizes": frozenset("ab")}, {"b", "c"}, "organizer"),
    ({"signed_in": True, "organizes": frozenset("a"), "fellow_in": frozenset("a")}, {"a"}, "organizer"),
    ({"signed_in": True, "organizes": frozenset("b"), "fellow_in": frozenset("a")}, {"a"}, "fellow"),
    ({"signed_in": True, "organizes": frozenset("b"), "fellow_in": frozenset("c")}, {"a"}, "signed_in"),
]


def holds(rule) -> None:
    """Every line of the two tables, asked of the module ``rule``."""
    for name, (levels, contact) in TABLE.items():
        stands = rule.Standing(name)
        for whole, part in itertools.product(Visibility, (None, *Visibility)):
            seen = whole in levels.split() and (part is None or part in levels.split())
            assert rule.may_see(stands, whole, part) is seen
            assert rule.may_see(stands, whole, part, private=True) is (seen and contact)
    for who, networks, expected in STANDINGS:
        assert rule.standing(rule.Who(**who), "p", networks) == expected
    named = rule.Who(True, frozenset("a"), "", frozenset("b"))
    assert named.networks == {"a", "b"} and rule.Who(False, frozenset("a")).networks == frozenset()
    assert rule.NOBODY == rule.Who() and not rule.NOBODY.signed_in and not rule.NOBODY.record
    assert rule.IMPORTED == "shared_network"


def test_the_tables_hold():
    holds(policy)


levels = st.sampled_from(list(Visibility))
networks = st.frozensets(st.sampled_from("abc"))
people = st.builds(Who, st.booleans(), networks, st.sampled_from(["", "p", "q"]), networks)


@given(people, networks, levels, st.none() | levels, st.booleans(), levels)
def test_a_stricter_choice_never_shows_more(who, where, whole, part, private, other):
    stands = standing(who, "p", where)
    stricter = min(whole, other, key=lambda one: one.rank)
    if may_see(stands, stricter, part, private=private):
        assert may_see(stands, whole, part, private=private)
    if may_see(stands, whole, other, private=private):
        assert may_see(stands, whole, private=private)


@given(people, networks, levels, st.none() | levels, st.booleans())
def test_nobody_unknown_sees_more_than_somebody_known(who, where, whole, part, private):
    if may_see(standing(NOBODY, "p", where), whole, part, private=private):
        assert may_see(standing(who, "p", where), whole, part, private=private)
    less = Who(who.signed_in, frozenset(), "", who.fellow_in)
    if may_see(standing(less, "p", where), whole, part, private=private):
        assert may_see(standing(who, "p", where), whole, part, private=private)


SWAPS = {ast.GtE: ast.Gt, ast.Gt: ast.GtE, ast.Eq: ast.NotEq, ast.And: ast.Or, ast.Or: ast.And, ast.BitOr: ast.BitAnd}


def mutants():
    """The module with one thing changed: an operator, a condition, a constant, a name of a level, a result."""
    source = Path(policy.__file__).read_text(encoding="utf-8")
    for at, node in enumerate(ast.walk(ast.parse(source))):
        for number, change in enumerate(changes(node)):
            tree = ast.parse(source)
            twin = next(itertools.islice(ast.walk(tree), at, None))
            list(changes(twin))[number](twin)
            assert change
            yield (
                f"{ast.unparse(node)[:60]} ({type(node).__name__} {number}, line {getattr(node, 'lineno', '?')})",
                tree,
            )


def changes(node):
    """What may be done to a node of the tree: functions that change it."""
    if isinstance(node, ast.Compare):
        yield lambda n: n.ops.__setitem__(0, SWAPS[type(n.ops[0])]())
        yield lambda n: n.__setattr__("left", ast.Constant(0))
    if isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPS and not isinstance(node.op, ast.BitOr):
        yield lambda n: n.__setattr__("op", SWAPS[type(n.op)]())
        yield lambda n: n.__setattr__("values", n.values[:1] * 2)
        yield lambda n: n.__setattr__("values", n.values[1:] * 2)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr) and isinstance(node.left, ast.Attribute):
        yield lambda n: n.__setattr__("op", ast.BitAnd())
    if isinstance(node, ast.If | ast.IfExp):
        yield lambda n: n.__setattr__("test", ast.UnaryOp(ast.Not(), n.test))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield lambda n: n.__setattr__("operand", ast.UnaryOp(ast.Not(), n.operand))
    if isinstance(node, ast.Name) and node.id == "min":
        yield lambda n: n.__setattr__("id", "max")
    if (
        isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id in ("Visibility", "Standing")
    ):
        names = list(Visibility.__members__ if node.value.id == "Visibility" else Standing.__members__)
        near = names.index(node.attr)
        for other in {max(near - 1, 0), min(near + 1, len(names) - 1)} - {near}:
            yield lambda n, name=names[other]: n.__setattr__("attr", name)


@pytest.mark.parametrize(("name", "tree"), list(mutants()), ids=lambda one: one if isinstance(one, str) else "")
def test_every_mutant_of_the_rule_dies(name, tree):
    changed = types.ModuleType("changed")
    changed.__dict__["__name__"] = policy.__name__  # dataclasses look their module up
    with pytest.raises((AssertionError, TypeError, ValueError, KeyError, AttributeError)):
        exec(compile(ast.fix_missing_locations(tree), name, "exec"), changed.__dict__)
        holds(changed)
