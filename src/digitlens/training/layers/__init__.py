"""Layers: what every layer of a network is, costs and does."""
