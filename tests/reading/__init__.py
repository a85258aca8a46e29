"""Tests of the way of a picture to a reading."""
