"""A learner's file with a network of one layer: it trains in no time."""

MODEL = """
import keras

def build_model():
    return keras.Sequential([
        keras.Input((28, 28, 1)),
        keras.layers.MaxPooling2D(4),
        keras.layers.Flatten(),
        keras.layers.Dropout(0.2),
        keras.layers.Dense(10, activation="softmax"),
    ])
"""
