"""The network: LiteRT answers for glyphs of 28×28, from any thread."""

from __future__ import annotations

import threading

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from digitlens.errors import BundleError
from digitlens.models.bundle import Bundle
from digitlens.models.card import INPUT_SHAPE

Logits = npt.NDArray[np.float32]
BATCH = 16  # glyphs that one call takes where there are that many


class Network:
    """A network that may be called from any thread.

    A LiteRT interpreter may be used by one thread at a time, so that each thread has its own.

    Args:
        bundle: The model.

    Raises:
        BundleError: LiteRT cannot use the model, or it has another input or output.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._model = bundle.model
        self._local = threading.local()
        self._check()

    def logits(self, glyphs: npt.NDArray[np.float32]) -> Logits:
        """What the network makes of glyphs.

        Args:
            glyphs: float32 (n, 28, 28, 1), 0 to 1, 1 is ink.

        Returns:
            float32 (n, 10), one logit for each digit.
        """
        rows = [np.empty((0, 10), np.float32)]
        start = 0
        while start < len(glyphs):
            size = BATCH if len(glyphs) - start >= BATCH else 1
            rows.append(self._run(glyphs[start : start + size]))
            start += size
        return np.concatenate(rows)

    def _run(self, glyphs: npt.NDArray[np.float32]) -> Logits:
        interpreter, source, sink = self._interpreter(len(glyphs))
        interpreter.set_tensor(source, glyphs)
        interpreter.invoke()
        answer: Logits = interpreter.get_tensor(sink)
        return answer

    def _interpreter(self, size: int) -> tuple[Interpreter, int, int]:
        kept: dict[int, tuple[Interpreter, int, int]] | None
        kept = getattr(self._local, "interpreters", None)
        if kept is None:
            kept = self._local.interpreters = {}
        if size not in kept:
            kept[size] = self._build(size)
        return kept[size]

    def _build(self, size: int) -> tuple[Interpreter, int, int]:
        interpreter = Interpreter(model_content=self._model, num_threads=1)
        source = interpreter.get_input_details()[0]["index"]
        if size > 1:
            interpreter.resize_tensor_input(source, (size, *INPUT_SHAPE))
        interpreter.allocate_tensors()
        return interpreter, source, interpreter.get_output_details()[0]["index"]

    def _check(self) -> None:
        try:
            interpreter, _, _ = self._interpreter(1)
        except (ValueError, RuntimeError) as error:
            raise BundleError(f"LiteRT cannot use this model: {error}") from error
        shapes = [
            tuple(int(n) for n in details[0]["shape"])
            for details in (interpreter.get_input_details(), interpreter.get_output_details())
        ]
        if shapes != [(1, *INPUT_SHAPE), (1, 10)]:
            raise BundleError(
                f"the model takes {shapes[0]} and answers {shapes[1]}, "
                f"expected {(1, *INPUT_SHAPE)} and (1, 10)"
            )
