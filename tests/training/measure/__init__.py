"""Tests of digitlens.training.measure."""
