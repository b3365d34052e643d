"""Accounts in a home of their own, and a provider that people sign in at."""

from tests.accounts.coming_back import begun, other, provider, running, ticking
from tests.accounts.shared import clock, gate, quick, rewritten

__all__ = ["begun", "clock", "gate", "other", "provider", "quick", "rewritten", "running", "ticking"]
