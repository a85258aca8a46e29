"""Exchange: networks in other forms, out and in."""
