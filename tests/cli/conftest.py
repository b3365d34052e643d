"""A home with the made-up example networks for all command tests."""

import shutil

import pytest
from click.testing import CliRunner

from netofnets.cli import netofnets_command


@pytest.fixture(scope="session")
def example_home(example, tmp_path_factory):
    return shutil.copytree(example.folder.parent, tmp_path_factory.mktemp("cli") / "example-home")


@pytest.fixture
def run(example_home):
    """Run a command in the example home; errors pass through as exceptions."""

    def run(*arguments: str):
        done = CliRunner().invoke(netofnets_command, [*arguments, "--home", str(example_home)], catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    return run
