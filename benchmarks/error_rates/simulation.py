"""Suites whose answers are drawn at random, and what the gate's own functions say of them.

A case passes with probability p_i ~ Beta; an array of draws has the shape (runs, cases).
"""

from __future__ import annotations

import numpy as np

from promptgate.gate.statistics import Moments, drop_p, moments, non_inferior

CORRELATION = 0.5
ALPHA = 0.05

Array = np.ndarray


def cases(rng: np.random.Generator, runs: int, n: int, mean: float = 0.8) -> Array:
    """Draw each case's probability of passing, shape (runs, n)."""
    size = 1 / CORRELATION - 1
    return rng.beta(mean * size, (1 - mean) * size, (runs, n))


def local(rng: np.random.Generator, p: Array, drop: float, mean: float = 0.8) -> Array:
    """Break cases outright, so many that the mean falls by `drop`."""
    return np.where(rng.random(p.shape) < drop / mean, 0.0, p)


def diffuse(p: Array, drop: float, mean: float = 0.8) -> Array:
    """Lower every case by the same factor, so far that the mean falls by `drop`."""
    return p * (1 - drop / mean)


def passes(rng: np.random.Generator, p: Array, k: int) -> Array:
    """Draw the number of passing repeats of each case."""
    return rng.binomial(k, p)


def units(baseline: Array, candidate: Array, k: int) -> Moments:
    """Summarise the paired differences as the gate does."""
    return moments((candidate - baseline) / k)


def fails(paired: Moments, margin: float, alpha: float = ALPHA) -> Array:
    """Where the gate says FAIL for one suite: a proven drop, and not PASS."""
    return ~non_inferior(paired, margin, alpha) & (drop_p(paired) < alpha)


def share(flags: Array) -> float:
    """Per cent of runs."""
    return 100 * float(np.mean(flags))
