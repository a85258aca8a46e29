"""Review: whoever has the admin token looks through what people said, and decides on it."""
