"""Chips of people who do not exist, any number of them.

MobileStyleGAN (Belousov 2021, "MobileStyleGAN: a lightweight convolutional neural network for
high-fidelity image synthesis") learned from StyleGAN2 what the faces of FFHQ look like. The package
random-face has its weights; nothing else of that package is used. It paints 1,024 px, far more than
a chip needs. So a small network of our own turns its feature maps of 128 px into pictures. The
position of the face is computed from the style alone, since all faces of FFHQ lie in nearly the
same place.
"""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any, Self

import torch
from torch import nn
from torch.nn import functional

from faceapp.training import torch_file
from faceapp.training.painted.openvino_net import OpenvinoNet
from faceapp.types import CHIP_SIZE_PX

CUT = "Mul_556"
"""The generator's layer to cut at: `MAPS` feature maps, half a picture's size."""
MAPS = 256
PICTURE_PX = 256
"""The side of a picture. The eyes lie about 62 px apart in it, 38 px in a chip."""
STYLES = 512
MEAN_OF = 4096
VARIETY = (0.75, 1.1)
"""How far faces lie from the mean face; 1.0 is as far as those the generator learned from. Farther
out, faces vary more, and more of them are not faces."""


class Generator:
    """The generator, with random-face's weights. Raises ModuleNotFoundError without them."""

    def __init__(self, device: torch.device) -> None:
        folder = _weights()
        self._dtype = torch.float16 if device.type == "cuda" else torch.float32
        self._style = OpenvinoNet(folder / "MappingNetwork.xml", device, torch.float32)
        graph = folder / "SynthesisNetwork.xml"
        self._paint = OpenvinoNet(graph, device, self._dtype)
        self._half = OpenvinoNet(graph, device, self._dtype, until=CUT)
        self.device = device
        chance = torch.Generator(device).manual_seed(0)
        self._mean = self._style(_noise(MEAN_OF, chance)).mean(dim=0, keepdim=True)

    def styles(self, count: int, chance: torch.Generator) -> torch.Tensor:
        """Draw the styles of ``count`` faces: float32 (count, `STYLES`)."""
        style = self._style(_noise(count, chance))
        nearest, farthest = VARIETY
        share = torch.rand(count, 1, generator=chance, device=chance.device)
        return self._mean + (nearest + (farthest - nearest) * share) * (style - self._mean)

    def maps(self, styles: torch.Tensor) -> torch.Tensor:
        """The feature maps of pictures: (N, `MAPS`, `PICTURE_PX` / 2, `PICTURE_PX` / 2)."""
        return self._half(styles.to(self._dtype))

    def pictures(self, styles: torch.Tensor) -> torch.Tensor:
        """Paint whole pictures: float32 RGB in -1..1 (N, 3, `PICTURE_PX`, `PICTURE_PX`)."""
        large = self._paint(styles.to(self._dtype)).float().clamp(-1.0, 1.0)
        return functional.avg_pool2d(large, large.shape[-1] // PICTURE_PX)


class Finish(nn.Module):
    """The generator's maps and styles -> pictures float32 RGB, about -1..1 (N, 3, P, P).

    ``skip`` is a linear map from the generator's feature maps to pixels, past the other layers.
    Layers whose names end in ``_by`` are linear in the style; they scale, and most also shift, what
    the others compute.
    """

    def __init__(self, channels: int = 96) -> None:
        super().__init__()
        self.register_buffer("scale", torch.ones(MAPS, 1, 1))
        self.register_buffer("mean", torch.zeros(1, STYLES))
        self.register_buffer("spread", torch.ones(1, STYLES))
        self.maps_by = nn.Linear(STYLES, MAPS)
        self.narrow = nn.Conv2d(MAPS, channels, 1)
        self.look = nn.Conv2d(channels, channels, 3, padding=1)
        self.draw = nn.Conv2d(channels, 12, 3, padding=1)
        self.skip = nn.Conv2d(MAPS, 12, 1)
        self.narrow_by = nn.Linear(STYLES, 2 * channels)
        self.look_by = nn.Linear(STYLES, 2 * channels)
        self.colour_by = nn.Linear(STYLES, 6)
        for by_style in (self.maps_by, self.narrow_by, self.look_by, self.colour_by):
            nn.init.zeros_(by_style.weight)
            nn.init.zeros_(by_style.bias)

    def forward(self, maps: torch.Tensor, styles: torch.Tensor) -> torch.Tensor:
        """Make pictures of ``maps`` (N, `MAPS`, P / 2, P / 2) and ``styles`` (N, `STYLES`)."""
        style = (styles - self.mean) / self.spread
        maps = maps / self.scale * (1.0 + self.maps_by(style)[:, :, None, None])
        seen = functional.leaky_relu(_moved(self.narrow(maps), self.narrow_by(style)), 0.2)
        seen = functional.leaky_relu(_moved(self.look(seen), self.look_by(style)), 0.2)
        picture = functional.pixel_shuffle(self.draw(seen) + self.skip(maps), 2)
        return _moved(picture, self.colour_by(style))


class Places(nn.Module):
    """Predict where faces lie from their styles: the similarity (a, b, x, y) to the chip, (N, 4).

    It maps the point (u, v) of a picture to (a u - b v + x, b u + a v + y) of the chip, in pixels.
    """

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("mean", torch.zeros(1, STYLES))
        self.register_buffer("spread", torch.ones(1, STYLES))
        self.register_buffer("turn", torch.zeros(STYLES, 4))
        self.register_buffer("usual", torch.zeros(1, 4))

    def forward(self, styles: torch.Tensor) -> torch.Tensor:
        """Predict linearly from ``styles`` (N, `STYLES`)."""
        return (styles - self.mean) / self.spread @ self.turn + self.usual


class Painter(nn.Module):
    """Paints chips with a generator, once `fitting.fit` has trained it."""

    def __init__(self) -> None:
        super().__init__()
        self.finish, self.places = Finish(), Places()

    @classmethod
    def load(cls, path: Path) -> Self:
        """Read the ``state_dict`` of a fitted painter.

        Raises ValueError if it is of another version, and whatever `torch_file.load` raises.
        """
        painter = cls()
        try:
            painter.load_state_dict(torch_file.load(path))
        except RuntimeError as error:
            raise ValueError(f"{path}: a painter of another version; delete the file") from error
        return painter

    @torch.no_grad()
    def chips(self, generator: Generator, styles: torch.Tensor) -> torch.Tensor:
        """Paint one chip for each of ``styles``: uint8 RGB (N, 112, 112, 3)."""
        half = torch.float16 if generator.device.type == "cuda" else torch.bfloat16
        maps = generator.maps(styles).contiguous(memory_format=torch.channels_last)
        with torch.autocast(generator.device.type, half):
            pictures = self.finish(maps, styles)
        return cut(pictures.float(), self.places(styles))


def cut(pictures: torch.Tensor, places: torch.Tensor) -> torch.Tensor:
    """Cut chips uint8 (N, S, S, 3) out of pictures (N, 3, P, P) in -1..1, at ``places`` (N, 4).

    ``places`` come from `Places`. Each pixel is the mean of four samples, since chips are smaller.
    Beyond the picture its edge is repeated.
    """
    half = (torch.arange(2 * CHIP_SIZE_PX, device=pictures.device) + 0.5) / 2.0 - 0.5
    y, x = torch.meshgrid(half, half, indexing="ij")
    a, b, right, down = (value[:, None, None] for value in places.unbind(dim=1))
    size = a * a + b * b
    u, v = x[None] - right, y[None] - down
    across, along = (a * u + b * v) / size, (a * v - b * u) / size
    side = pictures.shape[-1] / 2.0
    grid = torch.stack([(across + 0.5) / side - 1.0, (along + 0.5) / side - 1.0], dim=-1)
    fine = functional.grid_sample(pictures, grid, padding_mode="border", align_corners=False)
    levels = functional.avg_pool2d(fine, 2).clamp(-1.0, 1.0) * 127.5 + 127.5
    return levels.round().to(torch.uint8).permute(0, 2, 3, 1).contiguous()


def _moved(maps: torch.Tensor, by: torch.Tensor) -> torch.Tensor:
    gain, shift = by[:, :, None, None].chunk(2, dim=1)
    return maps * (1.0 + gain) + shift


def _noise(count: int, chance: torch.Generator) -> torch.Tensor:
    return torch.randn(count, STYLES, generator=chance, device=chance.device)


def _weights() -> Path:
    found: Any = importlib.util.find_spec("random_face")
    if found is None or found.origin is None:
        raise ModuleNotFoundError(
            "the generator's weights are missing: pip install --no-deps random-face"
        )
    return Path(found.origin).parent / "data"
