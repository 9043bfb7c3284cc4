"""Two simple ways that are in use: a fixed ratio, and a z-score of the growth from month to month."""

from __future__ import annotations

import numpy as np

from bench.statistics.generate import World


def ratio_gaps(world: World) -> np.ndarray:
    """Months in which one side tells more than twice the other."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.abs(np.log(world.into / world.out)) > np.log(2)


def ratio_surges(world: World) -> np.ndarray:
    """Months of more than twice the mean of the twelve before."""
    flags = np.zeros(world.out.shape, bool)
    for month in range(12, world.out.shape[1]):
        flags[:, month] = world.out[:, month] > 2 * world.out[:, month - 12 : month].mean(axis=1)
    return flags


def growth(figures: np.ndarray, *, upward: bool = False) -> np.ndarray:
    """Months whose growth lies three standard deviations from the mean of its series."""
    logs = np.log(np.where(np.isfinite(figures) & (figures > 0), figures, np.nan))
    steps = np.diff(logs, axis=1, prepend=np.nan)
    z = (steps - np.nanmean(steps, axis=1, keepdims=True)) / np.nanstd(steps, axis=1, keepdims=True)
    return (z if upward else np.abs(z)) > 3


def events(flags: np.ndarray) -> list[tuple[int, int, int]]:
    """Flagged months no more than three apart are one finding: flow, first and last month."""
    found = []
    for flow in np.flatnonzero(flags.any(axis=1)):
        months = np.flatnonzero(flags[flow])
        cuts = np.flatnonzero(np.diff(months) > 3) + 1
        found += [(int(flow), int(run[0]), int(run[-1])) for run in np.split(months, cuts)]
    return found
