"""Limits: how large a picture may be, checked before it is decoded."""

from __future__ import annotations

from dataclasses import dataclass

from digitlens.errors import PictureTooLarge


@dataclass(frozen=True, slots=True)
class Limits:
    """The largest picture that is taken: bytes of the file, pixels, points of strokes."""

    max_bytes: int = 20_000_000
    max_pixels: int = 20_000_000
    max_points: int = 100_000

    def check_bytes(self, size: int, argument: str) -> None:
        """Raise PictureTooLarge for a file of more bytes."""
        if size > self.max_bytes:
            raise PictureTooLarge(argument, f"up to {self.max_bytes:,} bytes", f"{size:,} bytes")

    def check_pixels(self, width: int, height: int, argument: str) -> None:
        """Raise PictureTooLarge for a picture of more pixels."""
        if width * height > self.max_pixels:
            raise PictureTooLarge(
                argument, f"up to {self.max_pixels:,} pixels", f"{width} × {height} pixels"
            )
