"""Prints, as JSON, quantiles and intervals by SciPy and statsmodels, and DeLong's variance by its definition."""

import json
import sys
import warnings

import numpy as np
import scipy
import statsmodels
from scipy import stats
from statsmodels.stats.proportion import confint_proportions_2indep, proportion_confint

warnings.filterwarnings("ignore")
random = np.random.default_rng(20260102)
CONFIDENCES = [0.8, 0.9, 0.95, 0.99]


def quantiles():
    shares = [1e-300, 1e-12, 0.005, 0.025, 0.5, 0.975, 0.999999] + random.random(100).tolist()
    beta = []
    for _ in range(200):
        trials = int(10 ** random.uniform(0, 6))
        successes = int(random.integers(1, trials + 1))
        share = float(random.choice([0.005, 0.025, 0.5, 0.975, 0.995]))
        beta.append([share, successes, trials - successes + 1, stats.beta.ppf(share, successes, trials - successes + 1)])
    binomial = []
    for _ in range(200):
        trials, p, share = int(10 ** random.uniform(0, 5)), random.random(), random.random()
        binomial.append([share, trials, p, stats.binom.ppf(share, trials, p)])
    return {
        "normal": [[share, stats.norm.ppf(share)] for share in shares],
        "normalCdf": [[z, stats.norm.cdf(z)] for z in random.normal(0, 4, 200)],
        "beta": beta,
        "binomial": binomial,
    }


def proportion():
    trials = int(10 ** random.uniform(0, 5))
    successes = int(random.integers(0, trials + 1)) if random.random() < 0.7 else int(random.choice([0, trials]))
    return successes, trials


def proportions():
    cases = []
    for _ in range(300):
        successes, trials = proportion()
        confidence = float(random.choice(CONFIDENCES))
        ends = {
            method: [float(each) for each in proportion_confint(successes, trials, 1 - confidence, method)]
            for method in ("wilson", "beta")
        }
        cases.append({"successes": successes, "trials": trials, "confidence": confidence, **ends})
    return cases


def pairs():
    cases = []
    while len(cases) < 250:
        (a, m), (b, n) = proportion(), proportion()
        confidence = float(random.choice(CONFIDENCES))
        newcomb = confint_proportions_2indep(a, m, b, n, method="newcomb", compare="diff", alpha=1 - confidence)
        score = [None, None]
        if 0 < a < m and 0 < b < n:
            score = confint_proportions_2indep(
                a, m, b, n, method="score", compare="ratio", alpha=1 - confidence, correction=False
            )
        case = {"first": [a, m], "second": [b, n], "confidence": confidence}
        cases.append({**case, "newcombe": [float(x) for x in newcomb], "ratio": [x if x is None else float(x) for x in score]})
    return cases


def kernel(positive, negative):
    return (positive[:, None] > negative[None, :]) + 0.5 * (positive[:, None] == negative[None, :])


def delong(first, second, labels):
    """By the definition: variances of the structural components, from all pairs of rows."""
    parts = [kernel(scores[labels == 1], scores[labels == 0]) for scores in (first, second)]
    across = np.cov(np.stack([part.mean(axis=1) for part in parts])) / parts[0].shape[0]
    down = np.cov(np.stack([part.mean(axis=0) for part in parts])) / parts[0].shape[1]
    covariance = across + down
    return {
        "auc": parts[0].mean(),
        "variance": covariance[0, 0],
        "difference": parts[0].mean() - parts[1].mean(),
        "differenceVariance": covariance[0, 0] + covariance[1, 1] - 2 * covariance[0, 1],
    }


def areas():
    cases = []
    for index in range(120):
        rows = int(random.choice([6, 30, 200, 600]))
        labels = (random.random(rows) < random.choice([0.05, 0.3, 0.5])).astype(int)
        labels[:2], labels[2:4] = 1, 0
        first = np.round(random.normal(0, 1, rows) + labels * random.choice([0, 1, 3]), int(random.choice([0, 1, 12])))
        second = np.round(0.7 * first + random.normal(0, 1, rows), int(random.choice([0, 1, 12])))
        case = {"labels": labels.tolist(), "first": first.tolist(), "second": second.tolist()}
        cases.append({**case, **delong(first, second, labels)})
    return cases


def bootstraps():
    """BCa intervals of F1 by SciPy, with as many resamples as it takes to know them well."""
    cases = []
    for index in range(6):
        rows = 400
        labels = random.random(rows) < 0.3
        predictions = np.where(random.random(rows) < 0.85, labels, ~labels)

        def f1(rows_drawn, axis=-1):
            y, p = labels[rows_drawn], predictions[rows_drawn]
            return 2 * (y & p).sum(axis=axis) / (y.sum(axis=axis) + p.sum(axis=axis))

        found = stats.bootstrap(
            (np.arange(rows),), f1, n_resamples=20_000, method="BCa", random_state=index, batch=2000
        )
        interval = found.confidence_interval
        cases.append(
            {
                "labels": labels.astype(int).tolist(),
                "predictions": predictions.astype(int).tolist(),
                "low": float(interval.low),
                "high": float(interval.high),
                "deviation": float(found.standard_error),
            }
        )
    return cases


def medians():
    cases = []
    for size in [5, 6, 7, 20, 101, 5000]:
        for confidence in CONFIDENCES:
            tail = (1 - confidence) / 2
            rank = int(stats.binom.ppf(tail, size, 0.5))
            while rank > 0 and stats.binom.cdf(rank - 1, size, 0.5) > tail:
                rank -= 1
            cases.append([size, confidence, rank])
    return cases


def main():
    peers = {"scipy": scipy.__version__, "statsmodels": statsmodels.__version__, "python": sys.version.split()[0]}
    found = {
        "peers": peers,
        "quantiles": quantiles(),
        "proportions": proportions(),
        "pairs": pairs(),
        "areas": areas(),
        "bootstraps": bootstraps(),
        "medians": medians(),
    }
    json.dump(found, sys.stdout, default=float)


main()
