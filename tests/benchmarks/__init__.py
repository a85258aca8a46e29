"""Tests of the benchmarks: what they measure and say, never how fast it was."""
