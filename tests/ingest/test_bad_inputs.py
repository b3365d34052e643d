"""The shared corpus of bad inputs: what is refused, quarantined or accepted, and the score."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.ingest.bad_inputs import run_case


@pytest.fixture(scope="module")
def corpus(shared_tools: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("bad") / "corpus"
    tool = [sys.executable, str(shared_tools / "make_bad_inputs.py"), str(folder)]
    subprocess.run(tool, check=True, capture_output=True, timeout=120)
    return folder


@pytest.fixture(scope="module")
def cases(corpus: Path) -> list[dict]:
    return json.loads((corpus / "expectations.json").read_text(encoding="utf-8"))["cases"]


@pytest.fixture(scope="module")
def results(corpus: Path, cases: list[dict]) -> dict[str, dict]:
    return {case["id"]: run_case(case, corpus / case["id"]) for case in cases if case["outcome"] != "runtime"}


def test_every_case_that_needs_no_harness_comes_out_as_expected(
    corpus: Path, results: dict[str, dict], shared_tools: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (corpus / "results.json").write_text(json.dumps(results), encoding="utf-8")
    tool = [sys.executable, str(shared_tools / "make_bad_inputs.py"), "--score"]
    files = [str(corpus / "expectations.json"), str(corpus / "results.json")]
    scored = subprocess.run([*tool, *files], check=False, capture_output=True, text=True, timeout=60)
    last = scored.stdout.splitlines()[-1]
    with capsys.disabled():
        print(f"\nBad inputs as expected: {last}")
    assert last == f"{len(results)} passed, 0 failed", scored.stdout


def test_what_is_refused_leaves_nothing(results: dict[str, dict]) -> None:
    assert not any(result["applied_when_rejected"] for result in results.values())
