"""What large answers took goes back to the system: now and then, and only where it is much."""

from __future__ import annotations

import sys

import pytest

from web import serving

MIB = 1024 * 1024


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere the system does not say what a process holds")
def test_what_is_held_is_what_this_process_has_taken():
    before = serving._held()
    taken = bytearray(b"x") * (64 * MIB)
    assert serving._held() - before >= 60 * MIB
    del taken
    assert serving._held() - before <= 30 * MIB


def test_memory_is_given_back_when_much_more_is_held_and_not_at_each_look(monkeypatch):
    held, now, given = [100 * MIB], [0.0], []

    def give_back():
        given.append(now[0])
        held[0] -= 40 * MIB

    monkeypatch.setattr(serving, "_held", lambda: held[0])
    monkeypatch.setattr(serving.time, "monotonic", lambda: now[0])
    monkeypatch.setattr(serving, "give_back", give_back)
    room = serving._Room()

    def later(seconds: float, mib: int) -> list[float]:
        now[0] += seconds
        held[0] += mib * MIB
        room.look()
        return given

    assert later(60, 20) == [], "not much"
    assert later(1, 60) == [61], "180 MiB, and 140 after it"
    assert later(1, 60) == [61], "a moment ago"
    assert later(5, 0) == [61, 67]
    assert later(60, 10) == [61, 67]
