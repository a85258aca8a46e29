"""How well trained networks read digits that are not in the middle.

python examples/learn/shifted.py runs/first runs/no-convolution
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

from digitlens.quiet import quiet
from digitlens.settings import Settings
from digitlens.training.data.mnist import load_mnist
from digitlens.training.data.prepared import prepared

with quiet():
    import keras


def main(*runs: str) -> dict[str, list[float]]:
    """For each run its accuracy on 2,000 digits moved by 0, 1, 2, 3 and 4 pixels."""
    test = load_mnist(Settings.from_environment().data_dir, "t10k")
    pictures, labels = prepared(test.images[:2000]), test.labels[:2000]
    figures = {}
    print("moved by pixels   " + "".join(f"{shift:9}" for shift in range(5)))
    for run in runs:
        model = keras.models.load_model(Path(run) / "model.keras", compile=False)
        shares = []
        for shift in range(5):
            moved = np.roll(pictures, shift, axis=2)  # to the right; the border is empty
            read = model.predict(moved, batch_size=500, verbose=0).argmax(axis=1)
            shares.append(float((read == labels).mean()))
        figures[Path(run).name] = shares
        print(f"{Path(run).name:18}" + "".join(f"{share:9.2%}" for share in shares))
        assert shares[4] <= shares[0]
    return figures


if __name__ == "__main__":
    main(*sys.argv[1:])
