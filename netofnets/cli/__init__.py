"""The command ``netofnets``: small commands of its own, and those that the faces add by entry point."""

from __future__ import annotations

import importlib
import sys
from importlib.metadata import entry_points

import click

import netofnets
from netofnets.errors import NetOfNetsError

__all__ = ["main", "netofnets_command"]

# Loaded only when asked for: `netofnets status` must not import an analysis engine.
_OWN = {
    "publish": "netofnets.cli.publish:publish",
    "engine": "netofnets.cli.engine:engine",
    "status": "netofnets.cli.status:status",
    "search": "netofnets.cli.search:search",
    "show": "netofnets.cli.show:show",
    "what-if": "netofnets.cli.what_if:what_if",
    "paths": "netofnets.cli.paths:paths",
    "lineage": "netofnets.cli.what_if:lineage",
    "store": "netofnets.cli.store:store",
    "changes": "netofnets.cli.changes:changes",
    "export": "netofnets.cli.export:export",
    "roster": "netofnets.cli.roster:roster",
    "consent": "netofnets.cli.consent:consent",
    "introductions": "netofnets.cli.introductions:introductions",
    "table": "netofnets.cli.table:table",
    "cypher": "netofnets.cli.cypher:cypher",
    "write-back": "netofnets.cli.write_back:write_back",
    "visibility": "netofnets.cli.visibility:visibility",
    "review": "netofnets.cli.review:review",
    "judge": "netofnets.cli.judge:judge",
    "introduce": "netofnets.cli.introduce:introduce",
    "proposals": "netofnets.cli.proposals:proposals",
    "accept": "netofnets.cli.proposals:accept",
    "reject": "netofnets.cli.proposals:reject",
    "gap": "netofnets.cli.gap:gap",
    "name-community": "netofnets.cli.name_community:name_community",
    "interests": "netofnets.cli.interests:interests",
    "map-interest": "netofnets.cli.interests:map_interest",
    "undo": "netofnets.cli.undo:undo",
    "account": "netofnets.cli.account:account",
    "erase": "netofnets.cli.erase:erase",
    "tombstones": "netofnets.cli.tombstones:tombstones",
    "backup": "netofnets.cli.backup:backup",
    "restore": "netofnets.cli.backup:restore",
    "retention": "netofnets.cli.retention:retention",
    "settings": "netofnets.cli.settings:settings",
    "docs": "netofnets.cli.docs:docs",
}


class _Commands(click.Group):
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted({*_OWN, *_measure_names(), *_added()})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in _OWN:
            module, name = _OWN[cmd_name].split(":")
            own: click.Command = getattr(importlib.import_module(module), name)
            return own
        if cmd_name in (added := _added()):
            found: click.Command = added[cmd_name].load()
            return found
        from netofnets.cli.measures import measure_command

        return measure_command(cmd_name)


def _measure_names() -> list[str]:
    from netofnets.cli.measures import measure_commands

    return measure_commands()


def _added() -> dict[str, importlib.metadata.EntryPoint]:
    return {e.name: e for e in entry_points(group="netofnets.commands")}


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 120})
@click.version_option(netofnets.__version__, prog_name="netofnets")
def netofnets_command() -> None:
    """Turn the rosters of many teacher networks into one map: who connects them, where the gaps are, who should meet.

    First steps: `netofnets ingest ROSTER.csv --source NAME`, `netofnets publish`, `netofnets serve`.
    """


def main() -> None:
    """Run the command; an error that a person can mend is one message and an exit code, not a stack trace."""
    try:
        netofnets_command()
    except NetOfNetsError as error:
        print(f"netofnets: {_printable(str(error))}", file=sys.stderr)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        sys.exit(141)  # the reader of our output (head, less) has gone
    except OSError as error:
        where = f"{error.filename}: " if error.filename else ""
        advice = "put that right (rights, room on the disk, a file where a folder should be), then run it again"
        print(f"netofnets: {_printable(f'{where}{error.strerror or error}')}; {advice}", file=sys.stderr)
        sys.exit(2)


def _printable(text: str) -> str:
    # Control characters from data must not reach a terminal.
    return "".join(c if c.isprintable() or c == "\n" else repr(c)[1:-1] for c in text)
