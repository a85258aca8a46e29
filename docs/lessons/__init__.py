"""What the course in docs/learn is made with: its measurements, its pictures, its tables."""
