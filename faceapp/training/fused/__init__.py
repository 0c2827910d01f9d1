"""Our network in training on a CPU, several times faster than layer by layer.

``kernels.cpp`` does the arithmetic, `kernels` compiles and calls it, `units` connects it to
PyTorch's gradients, `forward` builds the network from it. Without a compiler, or on another
processor, training works without it (`training.traced`).
"""

from faceapp.training.fused.forward import of

__all__ = ["of"]
