"""Corrections: people say what a reading should have been, and can take it back."""
