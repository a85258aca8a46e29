"""Tests of digitlens.training.layers."""
