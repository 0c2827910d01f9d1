"""Train a painter: to finish a generator's feature maps, and to predict where the face lies.

Both are learned from pictures that the generator has painted to the end. The app's own detector
finds the faces in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from faceapp import paths
from faceapp.training import chipset, torch_file
from faceapp.training.painted.painter import (
    MAPS,
    PICTURE_PX,
    Finish,
    Generator,
    Painter,
    Places,
)
from faceapp.types import RangeMode
from faceapp.vision import align
from faceapp.vision.detect import for_pictures, open_detector

Progress = Callable[[str, int, int], None]
KEPT = "painter.pt"
EXAMPLES = 1_100
AT_ONCE = 4
STEPS = 1_500
RATE = 6e-4
SLOW = 0.02
"""Share of the rate for `skip` and `maps_by`, which act on hundreds of feature maps at once and
would otherwise diverge."""
BORDER_PX = 16
"""The border of a picture, on each side, that no chip shows."""
RIDGE = 0.3
"""Of the regression in `learn_places`, per example. Between a third and three times this value,
results hardly change."""


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Training examples: ``styles`` (N, 512), ``maps`` and ``pictures`` of the generator.

    ``maps`` float16 (N, 256, 128, 128) lie in a file, ``pictures`` float16 (N, 3, 256, 256) in
    memory.
    """

    styles: torch.Tensor
    maps: NDArray[np.float16]
    pictures: torch.Tensor


def ready(
    folder: Path, device: torch.device, progress: Progress
) -> Callable[[int], NDArray[np.uint8]]:
    """Return a function that paints ``count`` chips uint8 (count, 112, 112, 3), always new faces.

    The fitted painter is kept in ``folder`` for the next time. Raises ModuleNotFoundError without
    the generator's weights, OSError if the painter cannot be written, ValueError if its file is
    incomplete.
    """
    generator, path = Generator(device), folder / KEPT
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True)
        torch_file.save(fit(generator, folder, progress).state_dict(), path)
    painter = Painter.load(path).to(device).eval()
    chance = torch.Generator(device).manual_seed(2)

    def paint(count: int) -> NDArray[np.uint8]:
        return painter.chips(generator, generator.styles(count, chance)).cpu().numpy()

    return paint


def fit(
    generator: Generator,
    folder: Path,
    progress: Progress,
    count: int = EXAMPLES,
    steps: int = STEPS,
) -> Painter:
    """Train a painter on ``count`` pictures.

    Meanwhile their feature maps, 8 MB each, lie in ``folder``. Takes a quarter of an hour on two
    cores. ``progress`` gets stage, done, total.
    """
    path = folder / "maps.part.npy"
    try:
        examples = _examples(generator, path, count, progress)
        painter = Painter().to(generator.device, memory_format=torch.channels_last)
        learn_places(painter.places, examples, progress)
        learn_finish(painter.finish, examples, steps, progress)
    finally:
        path.unlink(missing_ok=True)
    return painter.eval()


def _examples(generator: Generator, path: Path, count: int, progress: Progress) -> Examples:
    styles = generator.styles(count, torch.Generator(generator.device).manual_seed(1))
    shape = (count, MAPS, PICTURE_PX // 2, PICTURE_PX // 2)
    maps = chipset.new_map(path, np.float16, shape)
    pictures = []
    for start in range(0, count, AT_ONCE):
        some = styles[start : start + AT_ONCE]
        maps[start : start + AT_ONCE] = generator.maps(some).half().cpu().numpy()
        pictures.append(generator.pictures(some).half())
        progress("painting examples", start + len(some), count)
    return Examples(styles, maps, torch.cat(pictures))


def learn_places(places: Places, examples: Examples, progress: Progress) -> None:
    """Learn by ridge regression where the app cuts chips; skip pictures without a face."""
    found = list(_cuts(examples.pictures, progress))
    seen = torch.tensor([one is not None for one in found], device=examples.styles.device)
    cuts = torch.tensor([one for one in found if one is not None]).to(examples.styles)
    styles = examples.styles[seen]
    with torch.no_grad():
        places.mean.copy_(styles.mean(dim=0))
        places.spread.copy_(styles.std(dim=0))
        places.usual.copy_(cuts.mean(dim=0))
        rows = (styles - places.mean) / places.spread
        gram = rows.T @ rows + RIDGE * len(rows) * torch.eye(rows.shape[1], device=rows.device)
        places.turn.copy_(torch.linalg.solve(gram, rows.T @ (cuts - places.usual)))


def _cuts(pictures: torch.Tensor, progress: Progress) -> Iterator[tuple[float, ...] | None]:
    with (
        closing(open_detector(RangeMode.NEAR, paths.models_dir())) as near,
        closing(for_pictures(RangeMode.NEAR, near, paths.models_dir())) as detector,
    ):
        for done, picture in enumerate(pictures, start=1):
            levels = (picture.float() * 127.5 + 127.5).round().byte().permute(1, 2, 0)
            rgb = np.ascontiguousarray(levels.cpu().numpy())
            faces = detector.detect(rgb)
            progress("finding faces", done, len(pictures))
            if not faces:
                yield None
                continue
            matrix = align.align(rgb, faces[0]).matrix
            yield tuple(float(matrix[place]) for place in ((0, 0), (1, 0), (0, 2), (1, 2)))


def learn_finish(finish: Finish, examples: Examples, steps: int, progress: Progress) -> None:
    """Fit the colours and edges of the generator's own pictures, starting from a linear map."""
    device = examples.styles.device
    _begin(finish, examples)
    slow = [*finish.skip.parameters(), *finish.maps_by.parameters()]
    fast = [p for p in finish.parameters() if all(p is not other for other in slow)]
    groups = [{"params": fast, "share": 1.0}, {"params": slow, "share": SLOW}]
    optimiser = torch.optim.AdamW(groups, lr=0.0, weight_decay=1e-2)
    rng = np.random.default_rng(0)
    for step in range(steps):
        rate = RATE * min(1.0, (step + 1) / 100) * (1.0 - step / steps)
        for group in optimiser.param_groups:
            group["lr"] = rate * group["share"]
        rows = np.sort(rng.integers(0, len(examples.maps), AT_ONCE))
        maps = torch.from_numpy(examples.maps[rows]).to(device).float()
        with torch.autocast(device.type, torch.bfloat16):
            drawn = finish(
                maps.contiguous(memory_format=torch.channels_last), examples.styles[rows]
            )
        wrong = _inner(drawn.float() - examples.pictures[rows].float())
        edges = wrong.diff(dim=2).abs().mean() + wrong.diff(dim=3).abs().mean()
        optimiser.zero_grad()
        (wrong.abs().mean() + 0.5 * edges).backward()
        torch.nn.utils.clip_grad_norm_(finish.parameters(), 0.5)
        optimiser.step()
        progress("fitting", step + 1, steps)


@torch.no_grad()
def _begin(finish: Finish, examples: Examples) -> None:
    """Set the input scales, and set ``skip`` to the best linear map."""
    device = examples.styles.device
    finish.mean.copy_(examples.styles.mean(dim=0))
    finish.spread.copy_(examples.styles.std(dim=0))
    maps = torch.from_numpy(np.array(examples.maps[:64])).to(device).float()
    finish.scale.copy_(maps.std(dim=(0, 2, 3)).clamp_min(1e-3)[:, None, None])
    wanted = functional.pixel_unshuffle(examples.pictures[: len(maps)].float(), 2)
    seen, painted = (
        values[::2, :, 4:-4:3, 4:-4:3].permute(0, 2, 3, 1).flatten(0, 2)
        for values in (maps / finish.scale, wanted)
    )
    rows = functional.pad(seen, (0, 1), value=1.0)
    gram = rows.T @ rows + 0.1 * torch.eye(MAPS + 1, device=device)
    solved = torch.linalg.solve(gram, rows.T @ painted)
    finish.skip.weight.copy_(solved[:MAPS].T[:, :, None, None])
    finish.skip.bias.copy_(solved[MAPS])
    finish.draw.weight.mul_(0.1)


def _inner(pictures: torch.Tensor) -> torch.Tensor:
    return pictures[:, :, BORDER_PX:-BORDER_PX, BORDER_PX:-BORDER_PX]
