"""Models on disk: what a bundle is, how it is checked, and the one that ships."""
