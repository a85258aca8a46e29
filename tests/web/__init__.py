"""Tests of the page's server and the API."""
