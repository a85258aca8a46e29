"""Retraining: from the active model and accepted corrections to a new version, if it is better."""
