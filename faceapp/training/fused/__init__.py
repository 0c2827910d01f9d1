"""Train our network on a CPU several times faster than layer by layer.

``kernels.cpp`` does the arithmetic, `kernels` compiles and calls it, `units` connects it to
PyTorch's gradients, `forward` builds the network from it. Without a compiler, or on another
processor, training falls back to `training.traced`.
"""

from faceapp.training.fused.forward import of

__all__ = ["of"]
