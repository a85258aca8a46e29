"""Reading: a picture goes in, a `Reading` comes out. NumPy, OpenCV, Pillow and LiteRT alone."""
