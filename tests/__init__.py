"""Tests of digitlens; their folders are those of the source."""
