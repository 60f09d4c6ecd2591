"""Kinds of arrays, and small operations on them that numpy has no word for. Loads numpy: import it late."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Reals: TypeAlias = NDArray[np.float64]


def concatenated(arrays: Iterable[Ints]) -> Ints:
    """Return the arrays one after the other, however few there are."""
    return np.concatenate([np.zeros(0, np.int64), *arrays])


def distinct(codes: Ints) -> Ints:
    """Return the codes in order, each once; `np.unique` takes many times as long for a million of them."""
    ordered = np.sort(codes)
    return ordered[np.diff(ordered, prepend=-1) > 0]


def among(codes: Ints, others: Ints) -> Bools:
    """Return which codes are among others, which are in order; none is negative. `np.isin` would sort all of them."""
    found: Bools = np.append(others, -1)[np.searchsorted(others, codes)] == codes
    return found


def ranks(keys: Ints) -> Ints:
    """Return for each of the keys, which are in order, how many equal ones stand before it."""
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    found: Ints = np.arange(len(keys)) - np.repeat(starts, np.diff(starts, append=len(keys)))
    return found


def entries(starts: Ints, keys: Ints) -> tuple[Ints, Ints]:
    """Return where the entries of some keys are, one key after the other, and how many each has.

    The entries of key `k` are those from `starts[k]` to before `starts[k + 1]`.
    """
    counts = starts[keys + 1] - starts[keys]
    ends = np.cumsum(counts)
    here: Ints = np.arange(counts.sum()) + np.repeat(starts[keys] - ends + counts, counts)
    return here, counts
