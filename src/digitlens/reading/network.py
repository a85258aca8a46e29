"""The network: LiteRT answers for glyphs of 28×28, from any thread."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from ai_edge_litert.interpreter import Interpreter

from digitlens.errors import BundleError
from digitlens.models.bundle import Bundle
from digitlens.models.card import INPUT_SHAPE

Logits = npt.NDArray[np.float32]
_Ready = tuple[Interpreter, int, int]  # with the indices of its input and its output
BATCH = 16  # glyphs that one call takes where there are that many


class Network:
    """A network that may be called from any thread.

    A LiteRT interpreter may be used by one thread at a time. Those that are idle are kept, and the
    last one used is taken first: there are as many as there were threads that asked at once.

    Args:
        bundle: The model.

    Raises:
        BundleError: LiteRT cannot use the model, or it has another input or output.
    """

    def __init__(self, bundle: Bundle) -> None:
        self._model = bundle.model
        # For each size of a batch; a list's append and pop are safe from any thread.
        self._idle: dict[int, list[_Ready]] = {1: [], BATCH: []}
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
        ready = self._take(len(glyphs))
        interpreter, source, sink = ready
        interpreter.set_tensor(source, glyphs)
        interpreter.invoke()
        answer: Logits = interpreter.get_tensor(sink)
        self._idle[len(glyphs)].append(ready)
        return answer

    def _take(self, size: int) -> _Ready:
        try:
            return self._idle[size].pop()
        except IndexError:
            return self._build(size)

    def _build(self, size: int) -> _Ready:
        interpreter = Interpreter(model_content=self._model, num_threads=1)
        source = interpreter.get_input_details()[0]["index"]
        if size > 1:
            interpreter.resize_tensor_input(source, (size, *INPUT_SHAPE))
        interpreter.allocate_tensors()
        return interpreter, source, interpreter.get_output_details()[0]["index"]

    def _check(self) -> None:
        try:
            ready = self._take(1)
        except (ValueError, RuntimeError) as error:
            raise BundleError(f"LiteRT cannot use this model: {error}") from error
        interpreter = ready[0]
        self._idle[1].append(ready)
        shapes = [
            tuple(int(n) for n in details[0]["shape"])
            for details in (interpreter.get_input_details(), interpreter.get_output_details())
        ]
        if shapes != [(1, *INPUT_SHAPE), (1, 10)]:
            raise BundleError(
                f"the model takes {shapes[0]} and answers {shapes[1]}, "
                f"expected {(1, *INPUT_SHAPE)} and (1, 10)"
            )
