"""Report an evaluation: a table for the screen, JSON, and ROC and DET curves as PNG."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from faceapp.recognition import metrics

CURVE_POINTS = 400


def names(models: Sequence[Path]) -> list[str]:
    """A name for each model: its file's, or the whole path if two files have the same name."""
    stems = [path.stem for path in models]
    return [path.stem if stems.count(path.stem) == 1 else path.as_posix() for path in models]


def table(rows: dict[str, dict[str, Any]]) -> str:
    """Format one line per model; ``rows`` maps its name to its figures (see `evaluate`)."""
    head = "model  MB  ms/face  LFW acc  TAR@1e-3  TAR@1e-4  TAR@1e-5  FNIR@.3%  both sides  missed"
    lines = [tuple(head.split("  "))]
    for name, figures in rows.items():
        lfw = figures.get("lfw", {})
        pairs = lfw.get("all_pairs", {})
        lines.append(
            (
                name,
                f"{figures['megabytes']:.1f}",
                f"{figures['ms_per_face']:.2f}",
                _percent(lfw.get("verification", {}).get("accuracy")),
                *(_percent(pairs.get(f"tar@{fmr:.0e}")) for fmr in (1e-3, 1e-4, 1e-5)),
                _percent(lfw.get("open_set", {}).get("fnir@0.003")),
                _percent(lfw.get("open_set_both_sides", {}).get("fnir@0.003")),
                str(lfw.get("not_acquired", "")),
            )
        )
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def write(
    folder: Path, rows: dict[str, dict[str, Any]], scores: dict[str, metrics.PairScores]
) -> None:
    """Write ``evaluation.json``, ``roc.png`` and ``det.png`` into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "evaluation.json").write_text(json.dumps(rows, indent=1), "utf-8")
    _plot(folder / "roc.png", scores, "TAR")
    _plot(folder / "det.png", scores, "FNMR")


def _plot(path: Path, scores: dict[str, metrics.PairScores], label: str) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(7, 5), layout="constrained")
    for name, pairs in scores.items():
        fmr = np.geomspace(max(1.0 / pairs.impostors, 1e-7), 0.1, CURVE_POINTS)
        tar = np.array([metrics.tar_at_fmr(pairs, f)[0] for f in fmr])
        axes.plot(fmr, tar if label == "TAR" else 1.0 - tar, label=name)
    axes.set_xscale("log")
    if label == "FNMR":
        axes.set_yscale("log")
    axes.set(xlabel="FMR", ylabel=label)
    axes.grid(True, which="both", alpha=0.3)
    axes.legend()
    figure.savefig(path, dpi=120)
    plt.close(figure)


def _percent(share: float | None) -> str:
    return "" if share is None else f"{100 * share:.2f}"
