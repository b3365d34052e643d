"""Work in a process of its own: its answer or its error comes back, and what takes too much is refused."""

import os
import sys
import time

import pytest

from netofnets.cli.apart import apart
from netofnets.errors import NotFound, QueryRefused

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no process can be forked there")


def test_the_answer_comes_from_another_process():
    assert apart(lambda: {"pid": os.getpid()}, seconds=60, mebibytes=512)["pid"] != os.getpid()


def test_an_error_of_ours_comes_back_as_it_is():
    def missing():
        raise NotFound("there is no such leader")

    with pytest.raises(NotFound, match="no such leader"):
        apart(missing, seconds=60, mebibytes=512)


def test_what_takes_too_long_is_ended():
    def forever():
        while True:
            time.sleep(1)

    with pytest.raises(QueryRefused, match="stopped after 0.5 s"):
        apart(forever, seconds=0.5, mebibytes=512)


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems do not say, or limit, what is in use")
def test_what_takes_too_much_memory_is_refused_and_nothing_is_left():
    with pytest.raises(QueryRefused, match="more than 64 MiB"):
        apart(lambda: [bytearray(2**20) for _ in range(200)], seconds=60, mebibytes=64)
    assert len(apart(lambda: bytearray(2**20), seconds=60, mebibytes=64)) == 2**20
