"""The settings: one table of name, default and help; values come from arguments, the environment or a file."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from netofnets.errors import SettingsError

__all__ = ["SETTINGS", "Setting", "Settings", "load_settings"]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting; its environment variable is ``NETOFNETS_`` and the name in capitals."""

    name: str
    default: str
    help: str
    secret: bool = False

    @property
    def variable(self) -> str:
        """The environment variable."""
        return "NETOFNETS_" + self.name.upper()


SETTINGS: tuple[Setting, ...] = (
    Setting(
        "home",
        "",
        "Folder of the database and the published snapshots; empty: a netofnets folder in the user's data folder.",
    ),
    Setting("store", "", "Which store: sqlite:PATH, neo4j://HOST:7687 or memory:; empty: SQLite in the home."),
    Setting("neo4j_user", "neo4j", "User name at the Neo4j server."),
    Setting("neo4j_password", "", "Password at the Neo4j server.", secret=True),
    Setting("neo4j_database", "neo4j", "Database at the Neo4j server."),
    Setting(
        "neo4j_reading_user",
        "",
        "User name for netofnets cypher, of somebody whom the server lets read only (Enterprise Edition has such "
        "roles); empty: neo4j_user.",
    ),
    Setting("neo4j_reading_password", "", "Password of that user.", secret=True),
    Setting("neo4j_source_user", "", "User name at a Neo4j server that is read with ingest; empty: neo4j_user."),
    Setting(
        "neo4j_source_password",
        "",
        "Password at a Neo4j server that is read with ingest; empty: neo4j_password.",
        secret=True,
    ),
    Setting(
        "neo4j_label_prefix",
        "",
        "What labels in Neo4j begin with (Non: NonLeader, NON_MEMBER_OF), where other data has labels like ours.",
    ),
    Setting(
        "hand_edits",
        "refuse",
        "What becomes of nodes and relationships in Neo4j that somebody edited there: refuse to publish, mend (what "
        "sources say is put back) or adopt (the edit becomes a source of its own).",
    ),
    Setting(
        "engine",
        "local",
        "Which engine computes the joins of netofnets publish: local, neo4j (the server of the store) or spark (extra "
        "spark). The answers are the same.",
    ),
    Setting(
        "spark_master",
        "local[*]",
        "Engine spark: where it computes: all cores of this machine (local[*]), spark://HOST:7077, yarn.",
    ),
    Setting(
        "spark_folder",
        "",
        "Engine spark: folder that all its machines read and write, for what goes in and comes out; empty: a temporary "
        "folder of this machine.",
    ),
    Setting("host", "127.0.0.1", "Address that the map is served on; anything but loopback needs trusted_hosts."),
    Setting("port", "8765", "Port that the map is served on; 0 takes a free one."),
    Setting(
        "workers",
        "",
        "Processes that serve the map; empty: one on a laptop, one for each core (4 at most) when shared.",
    ),
    Setting("trusted_hosts", "", "Host names, separated by commas, that the map answers to besides loopback."),
    Setting(
        "viewer",
        "",
        "Who looks: organizer or anonymous; empty: on loopback whoever opened the printed link is the organizer, "
        "everybody else anonymous; link: the same at any address.",
    ),
    Setting(
        "embed",
        "",
        "Origins, separated by commas, whose pages may show the public map in a frame, such as "
        "https://www.school.example; empty: none.",
    ),
    Setting("mode", "laptop", "laptop: one organizer, by a link that is printed; shared: people sign in."),
    Setting("public_url", "", "Shared mode: the https address that people open, such as https://map.school.example."),
    Setting("secret", "", "Shared mode: at least 32 random bytes, in hexadecimal or base64.", secret=True),
    Setting("secret_file", "", "File that holds the secret, readable by its owner only; empty: secret in the home."),
    Setting(
        "private_hosts",
        "",
        "Shared mode: hosts, separated by commas, that are reached over a network of this machine alone, such as "
        "Compose's, so that a Neo4j there needs no encryption.",
    ),
    Setting("sign_in", "", "Shared mode: the ways to sign in, separated by commas: mail, password, oidc."),
    Setting(
        "oidc_issuer",
        "",
        "Sign-in oidc: the issuer of the OpenID provider, letter for letter as it calls itself, such as "
        "https://login.school.example. Several are separated by |, like their ids, labels and so on, in one order.",
    ),
    Setting("oidc_client_id", "", "Sign-in oidc: the id by which the provider knows this map."),
    Setting("oidc_client_secret", "", "Sign-in oidc: the secret that belongs to that id.", secret=True),
    Setting(
        "oidc_client_secret_file", "", "File that holds that secret, readable by its owner only; instead of the other."
    ),
    Setting(
        "oidc_domains",
        "",
        "Sign-in oidc: domains, separated by commas, whose addresses the provider gives out itself. They need no "
        "email_verified where it never says so (Microsoft Entra ID does not).",
    ),
    Setting("oidc_label", "your school account", "Sign-in oidc: what the button says after: Sign in with."),
    Setting(
        "trusted_proxies",
        "",
        "Addresses or networks, separated by commas, of the proxies whose X-Forwarded-For tells who the client is.",
    ),
    Setting(
        "account_rate",
        "10",
        "Where strangers can reach the map: pages a second that one account may ask for, ten times as many at once; 0: "
        "any number.",
    ),
    Setting(
        "client_rate",
        "40",
        "The same for all together who have not signed in at one address (a workshop has one address).",
    ),
    Setting("invitation_days", "14", "How many days an invitation works."),
    Setting("smtp_host", "", "Server that takes our mail."),
    Setting("smtp_port", "587", "Port of that server."),
    Setting("smtp_security", "starttls", "How mail is handed over: starttls, tls, or none (to this machine only)."),
    Setting("smtp_user", "", "User name at the mail server; empty: none is needed."),
    Setting("smtp_password", "", "Password at the mail server.", secret=True),
    Setting("mail_from", "", "Address that our mail comes from."),
    Setting(
        "open_introductions",
        "3",
        "How many introductions a person may be in at a time that are asked or accepted.",
    ),
    Setting("retention_months", "18", "Months after which a person whom no source has confirmed is due to be hidden."),
    Setting("retention_notice_days", "30", "Days for which such a person is hidden before being erased."),
    Setting("audit_years", "2", "Years for which entries of the audit are kept."),
    Setting("seed", "7", "Seed of everything that draws at random."),
)


class Settings:
    """The values of all settings; unknown names are an error, secrets never print."""

    def __init__(self, values: Mapping[str, str]) -> None:
        self._values = dict(values)

    def __getitem__(self, name: str) -> str:
        return self._values[name]

    def __repr__(self) -> str:
        shown = (s.name for s in SETTINGS if not s.secret)
        return f"Settings({', '.join(f'{n}={self._values[n]!r}' for n in shown)})"

    @property
    def home(self) -> Path:
        """The home folder, made absolute; it need not exist yet."""
        return Path(self["home"] or _default_home()).expanduser().absolute()

    @property
    def store(self) -> str:
        """The address of the store."""
        return self["store"] or f"sqlite:{self.home / 'netofnets.sqlite'}"

    def having(self, **values: str) -> Settings:
        """The same settings with some other values."""
        return Settings({**self._values, **values})

    def listed(self, name: str) -> list[str]:
        """A setting that holds several words between commas."""
        return [word for part in self[name].split(",") if (word := part.strip())]

    def integer(self, name: str) -> int:
        """A setting that must be a whole number."""
        try:
            return int(self[name])
        except ValueError:
            raise SettingsError(f"setting {name} must be a whole number, not {self[name]!r}") from None


def load_settings(*, environ: Mapping[str, str] | None = None, **arguments: str | None) -> Settings:
    """Settings from, strongest first: ``arguments`` that are not None, environment, ``settings.toml`` in the home."""
    environment = os.environ if environ is None else environ
    known = {s.name for s in SETTINGS}
    if strange := arguments.keys() - known:
        raise SettingsError(
            f"there is no setting {', '.join(sorted(strange))}; the settings are {', '.join(sorted(known))}"
        )
    values = {s.name: s.default for s in SETTINGS}
    given = {s.name: environment[s.variable] for s in SETTINGS if environment.get(s.variable)}
    given |= {name: value for name, value in arguments.items() if value is not None}
    values |= _from_file(Settings(values | given).home / "settings.toml", known)
    return Settings(values | given)


def _from_file(path: Path, known: set[str]) -> dict[str, str]:
    if not path.is_file():
        return {}
    try:
        read = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: {error}; correct the file or remove it") from None
    if strange := read.keys() - known - {"home"}:
        raise SettingsError(
            f"{path}: unknown setting {', '.join(sorted(strange))}; known are {', '.join(sorted(known))}"
        )
    return {name: str(value) for name, value in read.items() if name != "home"}


def _default_home() -> Path:
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", "~")) / "netofnets"
    return Path(os.environ.get("XDG_DATA_HOME", "~/.local/share")) / "netofnets"
