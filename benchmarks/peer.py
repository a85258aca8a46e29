"""The peer: a digit reader the way that projects for learning serve one.

Flask's own server with its threads, a Keras network loaded at the start, the picture resized to
28×28, and `model.predict` for each request.

python -m benchmarks.peer --make network.keras      make its network
python -m benchmarks.peer network.keras PORT        serve
"""

from __future__ import annotations

import io
import sys

import keras
import numpy as np
from flask import Flask, Response, jsonify, request
from PIL import Image, ImageOps


def make(path: str) -> None:
    """Save a network of the architecture that ships; untrained, which is as fast."""
    from digitlens.training.architectures import find

    keras.Sequential([find("compact")(), keras.layers.Softmax()]).save(path)


def create_app(path: str) -> Flask:
    """Create the application around the network of a file."""
    app = Flask(__name__)
    model = keras.models.load_model(path)

    @app.post("/predict")
    def predict() -> Response:
        picture = Image.open(io.BytesIO(request.get_data())).convert("L")
        small = ImageOps.invert(picture).resize((28, 28))
        batch = np.asarray(small, np.float32).reshape(1, 28, 28, 1) / 255
        shares = model.predict(batch, verbose=0)[0]
        return jsonify(digit=int(shares.argmax()), probabilities=shares.tolist())

    return app


if __name__ == "__main__":
    if sys.argv[1] == "--make":
        make(sys.argv[2])
    else:
        create_app(sys.argv[1]).run(host="127.0.0.1", port=int(sys.argv[2]), threaded=True)
