"""Our network in training on a CPU, several times faster than layer by layer.

``kernels.cpp`` does the arithmetic, `kernels` compiles and calls it, `units` joins it to PyTorch's
gradients, `forward` makes the network of it. Where there is no compiler, or another processor,
training goes on without (`training.traced`).
"""

from faceapp.training.fused.forward import of

__all__ = ["of"]
