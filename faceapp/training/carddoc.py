"""The model card for readers: Markdown generated from its JSON, so that the two never differ."""

from __future__ import annotations

from typing import Any

LFW = "lfw_folds_1_to_5_end_to_end"
HELD_OUT = "held_out_people"
ELSEWHERE = "elsewhere"


def markdown(card: dict[str, Any]) -> str:
    """The text of docs/model-card.md."""
    return "\n".join(
        [
            f"# Model card: {card['model_id']}",
            "",
            f"Made by `faceapp.training` on {card['date']}; do not edit by hand.",
            "",
            *_facts(card),
            *_accuracy(card["accuracy"]),
            *_table(card["fmr_table"]),
            *_training(card["training"]),
            "## Limits",
            "",
            *(f"- {limit}" for limit in card["limits"]),
            "",
            "## Licence",
            "",
            card["licence"] + ".",
            "",
        ]
    )


def _facts(card: dict[str, Any]) -> list[str]:
    entry = card["input"]
    return [
        f"- File: `models/{card['file']}`, {card['bytes'] / 1e6:.2f} MB, sha256 `{card['sha256']}`",
        f"- Input: {entry['size_px']}x{entry['size_px']} {entry['colour']}, {entry['dtype']}",
        f"- Output: {card['dimension']} float32, normalised by the app",
        f"- Alignment: `{card['alignment']}`",
        "",
    ]


def _accuracy(accuracy: dict[str, Any]) -> list[str]:
    lines = [
        "## Accuracy",
        "",
        "LFW is folds 1 to 5 of the official pairs, from whole pictures through the app's own",
        "detector and alignment; a picture in which no face is found matches nobody. Held-out",
        "people belong to the training set but are never trained on (some labels may be wrong).",
        "Elsewhere are people from a source that is never trained on: how many strangers pass a",
        "threshold found on held-out people if pictures are of another kind. Models are chosen by",
        "these two, but LFW was looked at as well while the training was developed, so all figures",
        "may be a little too good.",
        "",
        "The app enrols each face from both sides: the face and its mirror image. In the open set,",
        "as in the app, a face is compared with the person's most similar template and with the",
        "mean of the templates; the score is the mean of both cosines.",
        "",
        "FMR (false match rate) is the share of comparisons of two people that match, TAR (true",
        "accept rate) that of comparisons of one person. FPIR (false positive identification rate)",
        "is the share of strangers for whom a search finds somebody, FNIR (false negative",
        "identification rate) that of enrolled people whom it does not find.",
        "",
        "| | int8 (shipped) | float32 |",
        "|---|---|---|",
    ]
    rows: list[tuple[str, tuple[str, ...]]] = [
        ("LFW accuracy", (LFW, "verification", "accuracy")),
        ("LFW TAR at FMR 1e-3", (LFW, "all_pairs", "tar@1e-03")),
        ("LFW TAR at FMR 1e-4", (LFW, "all_pairs", "tar@1e-04")),
        ("LFW TAR at FMR 1e-5", (LFW, "all_pairs", "tar@1e-05")),
        ("LFW open set, FNIR at FPIR 0.3 %", (LFW, "open_set", "fnir@0.003")),
        ("the same, enrolled from both sides", (LFW, "open_set_both_sides", "fnir@0.003")),
        ("Held-out people, TAR at FMR 1e-3", (HELD_OUT, "all_pairs", "tar@1e-03")),
        ("Held-out people, TAR at FMR 1e-4", (HELD_OUT, "all_pairs", "tar@1e-04")),
        ("Elsewhere, FMR where held-out people have 1e-3", (ELSEWHERE, "fmr@1e-03")),
        ("Elsewhere, FMR where held-out people have 1e-4", (ELSEWHERE, "fmr@1e-04")),
    ]
    for label, keys in rows:
        cells = [_percent(accuracy[kind], keys) for kind in ("int8", "float32")]
        lines.append(f"| {label} | {' | '.join(cells)} |")
    lines += ["", "Made and measured by:", ""]
    return [*lines, *(f"    {command}" for command in accuracy["commands"]), ""]


def _percent(figures: dict[str, Any], keys: tuple[str, ...]) -> str:
    value: Any = figures
    for key in keys:
        if key not in value:
            return "not measured"
        value = value[key]
    return f"{100 * value:.2f} %" if value >= 0.005 or not value else f"{100 * value:.2g} %"


def _table(rows: list[dict[str, Any]]) -> list[str]:
    lines = [
        "## From score to false match rate",
        "",
        "Measured with the int8 file on all pairs of held-out people and on those of people",
        "elsewhere; of the two, the higher score counts. The app derives its threshold from it.",
        "",
        "| Cosine | FMR | Comparisons |",
        "|---|---|---|",
    ]
    table = (f"| {r['score']:.4f} | {r['fmr']:.2g} | {r['comparisons']:,} |" for r in rows)
    return [*lines, *table, ""]


def _training(training: dict[str, Any]) -> list[str]:
    config = training["config"]
    lines = ["## Training", "", "| Chip | Steps | Batch | Peak rate |", "|---|---|---|---|"]
    for phase, steps in zip(config["phases"], config["steps_done"], strict=False):
        lines.append(f"| {phase['size_px']} px | {steps} | {phase['batch']} | {phase['rate']} |")
    lines += ["", f"Losses: {_losses(config)}. Config: `{config['name']}`."]
    if config.get("begins_with"):
        lines.append(f"Began with {config['begins_with']}.")
    if config.get("averaged_with"):
        lines.append(f"Averaged with the weights of {', '.join(config['averaged_with'])}.")
    return [*lines, "", training["terms"], ""]


def _losses(config: dict[str, Any]) -> str:
    """The losses of the phases that were trained, phase by phase if they differ."""
    phases = config["phases"][: len(config["steps_done"])]
    texts = [_weights(phase.get("losses") or config["losses"]) for phase in phases]
    if len(set(texts)) == 1:
        return texts[0]
    return "; ".join(f"of phase {number}: {text}" for number, text in enumerate(texts, start=1))


def _weights(losses: dict[str, float]) -> str:
    return ", ".join(f"{name} x {weight:g}" for name, weight in losses.items() if weight)
