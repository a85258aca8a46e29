"""Tests of digitlens.training.jobs."""
