"""Made-up rosters of two dozen networks, untidy as life is, from a seeded generator."""
