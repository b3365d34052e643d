"""The made-up rosters and their mapping files, and the generator that wrote the rosters (not part of the wheel)."""
