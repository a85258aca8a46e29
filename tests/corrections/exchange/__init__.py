"""Tests of corrections that leave the database and come back."""
