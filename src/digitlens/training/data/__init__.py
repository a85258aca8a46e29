"""Data: from sources to what the network is shown."""
