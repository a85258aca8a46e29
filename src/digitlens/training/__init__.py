"""Training: data goes in, a bundle comes out. Keras 3 on TensorFlow, the extra `train`."""
