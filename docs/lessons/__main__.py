"""Make the course's pictures and fill its tables: `python -m docs.lessons`.

It needs MNIST, and docs/learn/measured.json, which `python -m docs.lessons.measure` writes.
"""

from __future__ import annotations

import json

from docs.lessons.pages import MEASURED, write_pages
from docs.lessons.pictures import IMAGES, draw_all

for file in draw_all(IMAGES, json.loads(MEASURED.read_text(encoding="utf-8"))):
    print(f"{file.name}: {file.stat().st_size / 1000:.0f} kB")
write_pages()
