"""Scripts: a page's module and all that it imports.

The browser is told of them at once, or it would find them one import after another.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

_SCRIPTS = Path(__file__).parent / "static" / "js"
_IMPORTED = re.compile(r'^(?:import|export)\b[^;]*?"(\.[^"]+)";', re.MULTILINE)


@cache
def modules(script: str) -> tuple[str, ...]:
    """A script and all that it imports, as paths below `static/js`."""
    found = {script: None}
    queue = [script]
    while queue:
        file = _SCRIPTS / queue.pop()
        for name in _IMPORTED.findall(file.read_text(encoding="utf-8")):
            module = (file.parent / name).resolve().relative_to(_SCRIPTS.resolve()).as_posix()
            if module not in found:
                found[module] = None
                queue.append(module)
    return tuple(found)
