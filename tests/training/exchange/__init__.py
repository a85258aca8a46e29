"""Tests of digitlens.training.exchange."""
