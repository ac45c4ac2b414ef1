"""Pairs of samples and what the peers say of their drift, as JSON on standard output, for drift.test.ts.

`drift.py` writes the peers' suite, `drift.py --recorded` the small set that test/fixtures/drift keeps.
SciPy and Evidently are asked wherever they have the formula; else it is written out in NumPy, in the plainest way.
"""

import json
import sys
import warnings

import numpy as np
import pandas as pd
import pandas.core.dtypes.common
import scipy
import sklearn

# Evidently 0.7 imports a name that pandas 3 no longer has, for tests of data integrity; no drift formula uses it.
if not hasattr(pandas.core.dtypes.common, "infer_dtype_from_object"):
    pandas.core.dtypes.common.infer_dtype_from_object = None

import evidently
from evidently.legacy.calculations.stattests.jensenshannon import _jensenshannon
from evidently.legacy.calculations.stattests.psi import _psi
from evidently.legacy.calculations.stattests.tvd_stattest import _total_variation_distance
from evidently.legacy.calculations.stattests.wasserstein_distance_norm import _wasserstein_distance_norm
from evidently.legacy.core import ColumnType
from scipy import stats
from scipy.spatial import distance
from sklearn.metrics import pairwise_distances

warnings.simplefilter("ignore")

EPSILON = 1e-4
BIN_COUNTS = (2, 5, 10)


def plain(values):
    return [None if isinstance(value, float) and np.isnan(value) else value for value in values]


# -- numbers ---------------------------------------------------------------------------------------------------------


def edges_of(reference, bins, strategy):
    """Inner edges; a number below the least of the reference has a bin of its own where that least is an edge."""
    shares = np.arange(1, bins) / bins
    least, greatest = reference.min(), reference.max()
    edges = np.quantile(reference, shares) if strategy == "quantile" else least + (greatest - least) * shares
    return np.unique(edges)


def binned(values, reference, bins, strategy):
    edges = edges_of(reference, bins, strategy)
    bin_of = np.searchsorted(edges, values, side="left")  # a bin holds its upper edge
    return np.where((values < reference.min()) & (edges[0] == reference.min()), -1, bin_of)


def evidently_psi(reference, current):
    """Evidently's figure for categories, with its smallest floor: only where no share is below 1e-4 itself."""
    return float(_psi(pd.Series(reference), pd.Series(current), ColumnType.Categorical, 0.1)[0])


def numeric_values(reference, current):
    x, y = reference[~np.isnan(reference)], current[~np.isnan(current)]
    ks = stats.ks_2samp(x, y)
    found = {
        "wasserstein": stats.wasserstein_distance(x, y),
        "wasserstein_normed": _wasserstein_distance_norm(pd.Series(x), pd.Series(y), ColumnType.Numerical, 0.1)[0],
        "ks": ks.statistic,
        "ks p": ks.pvalue,
        "energy": stats.energy_distance(x, y),
        "missing_rate_change": abs(pd.Series(reference).isna().mean() - pd.Series(current).isna().mean()),
    }
    for strategy in ("quantile", "uniform"):
        for bins in BIN_COUNTS:
            a, b = binned(x, x, bins, strategy), binned(y, x, bins, strategy)
            found[f"psi/{strategy}-{bins}"] = evidently_psi(a, b)
            labels = pd.Series(a), pd.Series(b)
            found[f"jensen_shannon/{strategy}-{bins}"] = _jensenshannon(*labels, ColumnType.Categorical, 0.1)[0]
    return {key: float(value) for key, value in found.items()}


def draw(kind, rows, rng):
    if kind == "normal":
        return rng.normal(0, 1, rows)
    if kind == "far":
        return rng.normal(1e6, 1e-3, rows)
    if kind == "cauchy":
        return rng.standard_cauchy(rows)
    if kind == "lognormal":
        return rng.lognormal(0, 3, rows)
    if kind == "ties":
        return rng.integers(-2, 3, rows).astype(float)
    if kind == "zeros":
        return np.where(rng.random(rows) < 0.7, 0.0, rng.exponential(1, rows))
    if kind == "binary":
        return rng.integers(0, 2, rows).astype(float)
    if kind == "constant":
        return np.full(rows, 3.0)
    if kind == "tiny":
        return rng.normal(0, 1e-9, rows)
    return rng.uniform(-1, 1, rows)


KINDS = ("normal", "far", "cauchy", "lognormal", "ties", "zeros", "binary", "constant", "tiny", "uniform")
SIZES = ((1, 1), (1, 9), (2, 3), (5, 5), (30, 41), (100, 60), (500, 700), (2000, 1500))


def numeric_cases(sizes):
    for kind_index, kind in enumerate(KINDS):
        for size_index, (n, m) in enumerate(sizes):
            for shift_index, shift in enumerate((0.0, 0.3, -2.0)):
                rng = np.random.default_rng([kind_index, size_index, shift_index])
                reference = draw(kind, n, rng)
                current = draw(kind, m, rng) * (1.0 if shift == 0 else 1.2) + shift
                if shift < 0:  # holes, but not only holes
                    reference[1:][rng.random(n - 1) < 0.2] = np.nan
                    current[1:][rng.random(m - 1) < 0.4] = np.nan
                pooled = np.concatenate([reference, current])
                if np.unique(pooled[~np.isnan(pooled)]).size < 2:
                    continue  # ours is not evaluable
                yield {
                    "name": f"{kind} {n} to {m}, moved by {shift}",
                    "kind": "number",
                    "reference": plain(reference.tolist()),
                    "current": plain(current.tolist()),
                    "values": numeric_values(reference, current),
                }
    if sizes is SIZES:
        rng = np.random.default_rng(99)
        for n, m, shift in ((12_000, 300, 0.0), (20_000, 15_000, 0.02), (11_000, 11_000, 0.2), (30_000, 5, 0.5)):
            reference, current = rng.normal(0, 1, n), rng.normal(shift, 1, m)
            yield {
                "name": f"many: {n} to {m}, moved by {shift}",
                "kind": "number",
                "reference": reference.tolist(),
                "current": current.tolist(),
                "values": numeric_values(reference, current),
            }


# -- categories ------------------------------------------------------------------------------------------------------


def category_values(reference, current):
    a, b = pd.Series(reference, dtype=object), pd.Series(current, dtype=object)
    x, y = a.dropna(), b.dropna()
    names = sorted(set(x) | set(y))
    counts = np.array([[int((side == name).sum()) for name in names] for side in (x, y)])
    chi2 = stats.chi2_contingency(counts, correction=False)
    shares = counts / counts.sum(axis=1, keepdims=True)
    values = {
        "chi2": chi2.statistic / counts.sum(),
        "chi2 p": chi2.pvalue,
        "cramers_v": stats.contingency.association(counts, method="cramer"),
        "total_variation": _total_variation_distance(x, y),
        "jensen_shannon": distance.jensenshannon(*shares),
        "psi": evidently_psi(x, y),
        "new_categories": 1 - y.isin(set(x)).mean(),
        "vanished_categories": 1 - x.isin(set(y)).mean(),
        "missing_rate_change": abs(a.isna().mean() - b.isna().mean()),
    }
    return {key: float(value) for key, value in values.items()}


def category_cases(sizes):
    for count_index, count in enumerate((2, 3, 12, 60)):
        for size_index, (n, m) in enumerate(sizes):
            for how_index, how in enumerate(("same", "moved", "new", "disjoint", "holes")):
                rng = np.random.default_rng([7, count_index, size_index, how_index])
                names = [f"c{index}" for index in range(count)] + ["ä", "", "c0 "][: count % 3]
                p = rng.dirichlet(np.full(len(names), 0.7))
                q = p if how in ("same", "holes") else rng.dirichlet(np.full(len(names), 0.7))
                reference = rng.choice(names, n, p=p).tolist()
                current = rng.choice(names, m, p=q).tolist()
                if how == "new":
                    current[0] = "unseen"
                if how == "disjoint":
                    current = [f"other {name}" for name in current]
                if how == "holes":
                    reference = [None if rng.random() < 0.3 and row else name for row, name in enumerate(reference)]
                    current = [None if rng.random() < 0.1 and row else name for row, name in enumerate(current)]
                if len({name for name in reference + current if name is not None}) < 2:
                    continue  # ours is not evaluable
                yield {
                    "name": f"{count} categories, {n} to {m}, {how}",
                    "kind": "text",
                    "reference": reference,
                    "current": current,
                    "values": category_values(reference, current),
                }


# -- all columns at once ---------------------------------------------------------------------------------------------


def mmd(reference, current):
    """The unbiased estimate with the median heuristic; columns standardised over both samples."""
    both = np.vstack([reference, current])
    both = (both - both.mean(axis=0)) / both.std(axis=0)
    squares = pairwise_distances(both, metric="sqeuclidean")
    pairs = np.sort(squares[np.tril_indices(len(both), -1)])
    kernel = np.exp(-squares / (2 * pairs[len(pairs) // 2]))
    n, m = len(reference), len(current)
    first, second, between = kernel[:n, :n], kernel[n:, n:], kernel[:n, n:]
    square = (first.sum() - n) / (n * (n - 1)) + (second.sum() - m) / (m * (m - 1)) - 2 * between.mean()
    return float(np.sqrt(max(0.0, square)))


def multivariate_cases():
    for index, (n, m, width, shift) in enumerate(((40, 60, 1, 0.0), (200, 150, 3, 0.5), (300, 300, 5, 0.0), (100, 400, 2, 1.5))):
        rng = np.random.default_rng([5, index])
        reference, current = rng.normal(0, 1, (n, width)), rng.normal(shift, 2, (m, width))
        yield {
            "name": f"{width} columns, {n} to {m}, moved by {shift}",
            "kind": "numbers",
            "reference": reference.T.tolist(),
            "current": current.T.tolist(),
            "values": {"mmd": mmd(reference, current)},
        }


if __name__ == "__main__":
    recorded = "--recorded" in sys.argv
    sizes = ((1, 9), (12, 17)) if recorded else SIZES
    json.dump(
        {
            "peers": {
                "scipy": scipy.__version__,
                "evidently": evidently.__version__,
                "numpy": np.__version__,
                "scikit-learn": sklearn.__version__,
            },
            "cases": [*numeric_cases(sizes), *category_cases(sizes[1:] if not recorded else sizes), *multivariate_cases()],
        },
        sys.stdout,
    )
    sys.stdout.write("\n")
