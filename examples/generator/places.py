"""Regions with their country, time zone and languages, and the parts that invented towns and schools are named from."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["REGIONS", "SCHOOL_KINDS", "TOWN_ENDS", "TOWN_STARTS", "Region"]


@dataclass(frozen=True, slots=True)
class Region:
    """A region of the world that people of the example work in."""

    name: str
    country: str
    code: str  # ISO 3166-1 alpha-2, as one roster writes countries
    time_zone: str
    languages: tuple[str, ...]


REGIONS: dict[str, Region] = {
    region.name: region
    for region in (
        Region("Mountain West", "United States", "US", "America/Denver", ("English", "Spanish")),
        Region("Great Plains", "United States", "US", "America/Chicago", ("English",)),
        Region("Northeast", "United States", "US", "America/New_York", ("English", "Spanish", "Portuguese")),
        Region("Pacific Coast", "United States", "US", "America/Los_Angeles", ("English", "Spanish")),
        Region("Ontario", "Canada", "CA", "America/Toronto", ("English", "French")),
        Region("Jalisco", "Mexico", "MX", "America/Mexico_City", ("Spanish", "English")),
        Region("Scotland", "United Kingdom", "GB", "Europe/London", ("English", "Scottish Gaelic")),
        Region("Norte", "Portugal", "PT", "Europe/Lisbon", ("Portuguese", "English")),
        Region("Uusimaa", "Finland", "FI", "Europe/Helsinki", ("Finnish", "Swedish", "English")),
        Region("Western Cape", "South Africa", "ZA", "Africa/Johannesburg", ("English", "Afrikaans", "isiXhosa")),
        Region("Rift Valley", "Kenya", "KE", "Africa/Nairobi", ("Swahili", "English")),
        Region("Kerala", "India", "IN", "Asia/Kolkata", ("Malayalam", "English")),
        Region("Otago", "New Zealand", "NZ", "Pacific/Auckland", ("English", "te reo Māori")),
    )
}

TOWN_STARTS: tuple[str, ...] = tuple(
    "Alder Amber Ash Barley Birch Bramble Briar Cedar Clover Copper Cotter Elder Fallow Fern Flint Gorse Harrow Hazel "
    "Heather Heron Juniper Kestrel Larch Lark Linden Maple Marl Meadow Merle Moss Oak Otter Pebble Pine Quill Raven "
    "Reed Rowan Rush Saffron Sedge Silver Sorrel Stone Swift Tamarack Thistle Wick Willow Wren".split()
)
TOWN_ENDS: tuple[str, ...] = tuple(
    "bank bridge brook dale field ford gate hollow mere mouth point ridge stead ton vale wick".split()
)

SCHOOL_KINDS: tuple[tuple[str, str], ...] = (
    ("Primary School", "ages 5 to 11"),
    ("Elementary School", "K-5"),
    ("Middle School", "6-8"),
    ("High School", "9-12"),
    ("Secondary School", "ages 11 to 18"),
    ("Community School", "all ages"),
)
