"""Tests of digitlens.training.retrain."""
