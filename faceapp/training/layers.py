"""The network's Keras layers, with faster kernels on the PyTorch back-end.

Each class computes the same as the Keras layer it derives from (tests compare them), so weights
move freely between back-ends. Two CPU measurements with MobileFaceNet at 64 px are the reason: the
gradient of a strided depthwise convolution is 20 times slower than that of a dense one (a third of
a training step), and Keras builds batch normalisation from a dozen element-wise passes.
"""

from __future__ import annotations

from typing import Any

import keras

BN_MOMENTUM = 0.99
"""Running statistics average over about 100 steps."""
BN_EPSILON = 1e-5
_TORCH = keras.backend.backend() == "torch"
if _TORCH:
    import torch


@keras.saving.register_keras_serializable("faceapp")
class BatchNorm(keras.layers.BatchNormalization):
    """Batch normalisation (Ioffe and Szegedy 2015) over the last axis; one kernel on PyTorch.

    Statistics stay float32 whatever the compute dtype. The running variance is PyTorch's unbiased
    one (N-1 instead of N). For batches of 32 it differs by less than 0.1 %, and by 3 % behind the
    global convolution, where a channel of a chip is one number.
    """

    def call(self, inputs: Any, training: bool | None = None, mask: Any = None) -> Any:
        if not _TORCH or inputs.device.type == "meta":
            return super().call(inputs, training=training, mask=mask)
        normalised = torch.nn.functional.batch_norm(
            inputs.movedim(-1, 1),
            self.moving_mean._value,
            self.moving_variance._value,
            self.gamma._value,
            self.beta._value,
            training=bool(training) and self.trainable,
            momentum=1.0 - self.momentum,
            eps=self.epsilon,
        )
        return normalised.movedim(1, -1)


def batch_norm(x: keras.KerasTensor, name: str) -> keras.KerasTensor:
    """Normalise ``x``, the output of the layer ``name``."""
    return BatchNorm(momentum=BN_MOMENTUM, epsilon=BN_EPSILON, name=f"{name}_bn")(x)


@keras.saving.register_keras_serializable("faceapp")
class Conv(keras.layers.Conv2D):
    """Convolution, ``padding="same"``, without bias; channels stay last in memory on PyTorch.

    Keras itself would copy every map to channels-first and back around each convolution.
    """

    def call(self, inputs: Any) -> Any:
        if not _TORCH:
            return super().call(inputs)
        before, after = same_padding(inputs.shape[1], self.kernel_size[0], self.strides[0])
        maps = inputs.movedim(-1, 1)
        if before != after:
            maps, before = torch.nn.functional.pad(maps, (before, after, before, after)), 0
        kernel = keras.ops.convert_to_tensor(self.kernel).permute(3, 2, 0, 1)
        return torch.nn.functional.conv2d(
            maps, kernel, stride=self.strides[0], padding=before
        ).movedim(1, -1)


@keras.saving.register_keras_serializable("faceapp")
class DepthwiseConv(keras.layers.DepthwiseConv2D):
    """Depthwise convolution, ``padding="same"``, odd kernel; strides are slices on PyTorch."""

    def call(self, inputs: Any) -> Any:
        if not _TORCH:
            return super().call(inputs)
        kernel_px, stride = self.kernel_size[0], self.strides[0]
        dense = torch.nn.functional.conv2d(
            inputs.movedim(-1, 1),
            keras.ops.convert_to_tensor(self.kernel).permute(2, 3, 0, 1),
            padding=kernel_px // 2,
            groups=inputs.shape[-1],
        )
        if stride > 1:
            first = kernel_px // 2 - same_padding(inputs.shape[1], kernel_px, stride)[0]
            dense = dense[:, :, first::stride, first::stride]
            dense = dense.contiguous(memory_format=torch.channels_last)
        return dense.movedim(1, -1)


def same_padding(size_px: int, kernel_px: int, stride: int) -> tuple[int, int]:
    """The pixels that TensorFlow's "same" padding adds before and after a side of ``size_px``."""
    total = max((-(-size_px // stride) - 1) * stride + kernel_px - size_px, 0)
    return total // 2, total - total // 2


@keras.saving.register_keras_serializable("faceapp")
class GlobalDepthwiseConv(keras.layers.DepthwiseConv2D):
    """One weight per position and channel, summed over all positions (MobileFaceNet, section 3.1).

    Average pooling weighs corners and centre of a face alike; here their weights are learned.
    """

    def call(self, inputs: Any) -> Any:
        if not _TORCH:
            return super().call(inputs)
        return (inputs * keras.ops.convert_to_tensor(self.kernel)[..., 0]).sum(
            dim=(1, 2), keepdim=True
        )
