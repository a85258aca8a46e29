"""Measure: how well a network reads, how sure it may be, and how fast it is."""
