"""Tests of the corrections that are kept."""
