"""Tests of digitlens.training.data."""
