"""Accounts in a home of their own."""

from tests.accounts.shared import clock, gate, quick, rewritten

__all__ = ["clock", "gate", "quick", "rewritten"]
