"""Who supplies what: each source of the example with its files, its mapping and the networks it keeps."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["ORDER", "SOURCES", "ExampleSource", "source_of"]


@dataclass(frozen=True, slots=True)
class ExampleSource:
    """One supplier of data; its mapping file is ``<name>.toml``."""

    name: str
    files: tuple[str, ...]
    networks: tuple[str, ...] = ()

    @property
    def mapping(self) -> str:
        """The file name of the mapping."""
        return f"{self.name}.toml"


def _source(name: str, files: str, networks: str = "") -> ExampleSource:
    return ExampleSource(name, tuple(files.split()), tuple(networks.split()))


# In the order of loading: the register first, since the others point at its networks.
SOURCES: tuple[ExampleSource, ...] = (
    _source("register", "networks.csv partners.csv partnerships.csv credentials.csv interests.csv"),
    _source(
        "teachers-commons",
        "commons-members.csv commons-mentoring.csv commons-events.csv commons-attendance.csv commons-badges.csv",
        "commons",
    ),
    _source("hearthlight", "hearthlight-members.csv", "hearthlight"),
    _source("rural-schools", "rural-schools.csv", "small-schools multigrade prairie"),
    _source("storyline", "storyline-people.csv", "storyline"),
    _source("city-schools", "city-schools.csv", "open-door every-block two-tongues"),
    _source("metro-mentors", "metro-mentors.csv", "metro-mentors"),
    _source("lantern", "lantern.xlsx", "lantern lantern-coast lantern-highlands lantern-rivers"),
    _source("inclusion", "inclusion.csv", "inclusive-practice calm-classrooms"),
    _source("quiet-bell", "quiet-bell.csv", "quiet-bell"),
    _source("many-minds", "many-minds.csv", "many-minds"),
    _source("leading-teachers", "leading-teachers.csv leading-pairs.csv", "policy-forum hybrid-roles"),
    _source("lesson-study", "lesson-study.csv lesson-study-visits.csv", "lesson-study"),
    _source("global-classrooms", "global-classrooms.csv", "global-classrooms"),
    _source("saltmarsh", "saltmarsh.csv", "saltmarsh"),
    _source("boat-and-bus", "boat-and-bus.csv", "boat-and-bus"),
)

ORDER: dict[str, int] = {source.name: number for number, source in enumerate(SOURCES)}

_KEEPER: dict[str, str] = {network: source.name for source in SOURCES for network in source.networks}


def source_of(network: str) -> str:
    """The name of the source whose roster holds the network's members; :class:`KeyError` when there is none."""
    return _KEEPER[network]
