"""Mødesteder's server: rooms as in ARCHITECTURE.md."""
