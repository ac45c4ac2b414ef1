"""Tables and what the peers say of them, as JSON on standard output, for metrics.test.ts.

`metrics.py` writes the peers' suite, `metrics.py --recorded` the small set that test/fixtures/metrics keeps.
scikit-learn is asked wherever it has the formula; else the formula is written out in NumPy, in the plainest way.
"""

import itertools
import json
import math
import sys
import warnings
from fractions import Fraction

import numpy as np
import sklearn
from sklearn import metrics as sk
from sklearn.calibration import calibration_curve

warnings.simplefilter("ignore")
# What is given here is valid, and checking that takes scikit-learn longer than a small table's metric.
sklearn.set_config(skip_parameter_validation=True)

PAYOFF = {"tp": 25.5, "fp": -50.0, "fn": -900.0, "tn": 120.25}
BETA = 2.5
ALPHA = 0.2
BINS = 7


def plain(value):
    """JSON has no NaN and no infinity: null and a text stand for them."""
    if isinstance(value, dict):
        return {key: plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(item) for item in value]
    if isinstance(value, np.ndarray):
        return [plain(item) for item in value.tolist()]
    if isinstance(value, (np.floating, float)):
        if math.isnan(value):
            return None
        return ("Infinity" if value > 0 else "-Infinity") if math.isinf(value) else float(value)
    return value.item() if isinstance(value, np.generic) else value


def ratio(numerator, denominator):
    return 0.0 if denominator == 0 else numerator / denominator


# -- weights ---------------------------------------------------------------------------------------------------------


def weights_of(kind, rows, rng):
    if kind == "none":
        return None
    if kind == "whole":
        weights = rng.integers(0, 4, rows).astype(float)
    elif kind == "uniform":
        weights = rng.uniform(0.1, 2, rows)
    else:
        weights = rng.lognormal(0, 3, rows)
    if not weights.sum() > 0:
        weights[0] = 1.0
    return weights


# -- binary ----------------------------------------------------------------------------------------------------------


def binary_scores(style, rows, rng):
    if style == "continuous":
        return rng.uniform(0, 1, rows)
    if style == "rounded":
        return np.round(rng.uniform(0, 1, rows), 1)
    if style == "equal":
        return np.full(rows, rng.choice([0.0, 0.3, 0.5, 1.0]))
    if style == "hard":
        return rng.integers(0, 2, rows).astype(float)
    if style == "bins":
        # On the very edges of the calibration's bins.
        return np.linspace(0, 1, BINS + 1)[rng.integers(0, BINS + 1, rows)]
    return rng.beta(0.05, 0.05, rows)


def binary_labels(balance, scores, rng):
    rows = len(scores)
    if balance == "positive":
        return np.ones(rows, int)
    if balance == "negative":
        return np.zeros(rows, int)
    if balance == "one":
        labels = np.zeros(rows, int)
        labels[rng.integers(0, rows)] = 1
        return labels
    if balance == "informative":
        return (rng.uniform(0, 1, rows) < scores).astype(int)
    return (rng.uniform(0, 1, rows) < 0.3).astype(int)


def calibration_sums(labels, scores, weights, strategy):
    weights = np.ones(len(labels)) if weights is None else weights
    if strategy == "uniform":
        inner = np.linspace(0, 1, BINS + 1)[1:-1]
    else:
        inner = exact_quantile_edges(scores, weights)
    bins = np.searchsorted(inner, scores)
    sums = [np.bincount(bins, weights=values, minlength=BINS) for values in (weights, weights * scores, weights * labels)]
    return sums


def exact_quantile_edges(scores, weights):
    order = np.argsort(scores, kind="stable")
    total = sum(Fraction(weight) for weight in weights)
    edges = []
    reached = Fraction(0)
    for row in order:
        reached += Fraction(weights[row])
        while len(edges) < BINS - 1 and reached * BINS >= (len(edges) + 1) * total:
            edges.append(scores[row])
    return np.array(edges)


def calibration_error(labels, scores, weights, strategy):
    weight, score, positive = calibration_sums(labels, scores, weights, strategy)
    used = weight > 0
    gap = np.abs(positive[used] / weight[used] - score[used] / weight[used])
    return float(np.average(gap, weights=weight[used]))


def binary_expected(labels, scores, predictions, weights):
    w = weights
    counts = sk.confusion_matrix(labels, predictions, labels=[0, 1], sample_weight=w)
    tn, fp, fn, tp = (float(cell) for cell in counts.ravel())
    rows = tn + fp + fn + tp
    rated = {}
    kept = np.ones(len(labels), bool) if w is None else w > 0
    ones = np.ones(len(labels)) if w is None else w
    # Summed in extended precision, from no row predicted positive to all.
    order = np.argsort(-scores[kept], kind="stable")
    kept_ones = ones[kept][order].astype(np.longdouble)
    kept_labels = labels[kept][order]
    ends = np.flatnonzero(np.append(np.diff(scores[kept][order]) != 0, True))
    gains = np.where(kept_labels == 1, PAYOFF["tp"] - PAYOFF["fn"], PAYOFF["fp"] - PAYOFF["tn"])
    nothing = np.sum(kept_ones * np.where(kept_labels == 1, PAYOFF["fn"], PAYOFF["tn"]))
    totals = nothing + np.append(0, np.cumsum(kept_ones * gains)[ends])
    best = float(totals.max() / kept_ones.sum())
    rated["best_value"] = best
    fpr, tpr, roc_thresholds = sk.roc_curve(labels, scores, pos_label=1, sample_weight=w, drop_intermediate=False)
    precisions, recalls, _ = sk.precision_recall_curve(labels, scores, pos_label=1, sample_weight=w)
    curves = {
        "roc_fpr": fpr,
        "roc_tpr": tpr,
        "roc_thresholds": roc_thresholds,
        "pr_precision": precisions,
        "pr_recall": recalls,
    }
    for strategy in ("uniform", "quantile"):
        rated[f"ece_{strategy}"] = calibration_error(labels, scores, w, strategy)
    if w is None:
        observed, predicted = calibration_curve(labels, scores, pos_label=1, n_bins=BINS)
        curves["calibration_observed"] = observed
        curves["calibration_predicted"] = predicted
    captured = np.append(0, np.cumsum(kept_ones * kept_labels)[ends])
    curves["gain_selected"] = (np.append(0, np.cumsum(kept_ones)[ends]) / kept_ones.sum()).astype(float)
    curves["gain_captured"] = (captured / captured[-1] if captured[-1] > 0 else captured * np.nan).astype(float)
    return {
        "confusion": [tn, fp, fn, tp],
        "accuracy": sk.accuracy_score(labels, predictions, sample_weight=w),
        "balanced_accuracy": balanced(labels, predictions, w),
        "precision": sk.precision_score(labels, predictions, sample_weight=w, zero_division=0),
        "recall": sk.recall_score(labels, predictions, sample_weight=w, zero_division=0),
        "specificity": sk.recall_score(labels, predictions, pos_label=0, sample_weight=w, zero_division=0),
        "f1": sk.f1_score(labels, predictions, sample_weight=w, zero_division=0),
        "fbeta": sk.fbeta_score(labels, predictions, beta=BETA, sample_weight=w, zero_division=0),
        "jaccard": sk.jaccard_score(labels, predictions, sample_weight=w, zero_division=0),
        "matthews_corrcoef": sk.matthews_corrcoef(labels, predictions, sample_weight=w),
        "cohen_kappa": sk.cohen_kappa_score(labels, predictions, labels=[0, 1], sample_weight=w)
        if len({*labels, *predictions}) > 1
        else np.nan,
        "selection_rate": float(np.average(predictions, weights=w)),
        "false_positive_rate": ratio(fp, fp + tn),
        "false_negative_rate": ratio(fn, fn + tp),
        "expected_value": (tp * PAYOFF["tp"] + fp * PAYOFF["fp"] + fn * PAYOFF["fn"] + tn * PAYOFF["tn"]) / rows,
        "roc_auc": sk.roc_auc_score(labels, scores, sample_weight=w),
        "average_precision": sk.average_precision_score(labels, scores, sample_weight=w),
        "log_loss": sk.log_loss(labels, y_proba=scores, labels=[0, 1], sample_weight=w),
        "brier_score": sk.brier_score_loss(labels, scores, pos_label=1, sample_weight=w),
        **rated,
        **curves,
    }


def balanced(labels, predictions, weights):
    score = sk.balanced_accuracy_score(labels, predictions, sample_weight=weights)
    return 0.0 if math.isnan(score) else score


def binary_case(rows, style, balance, weighting, seed):
    rng = np.random.default_rng(seed)
    scores = binary_scores(style, rows, rng)
    labels = binary_labels(balance, scores, rng)
    weights = weights_of(weighting, rows, rng)
    predictions = (scores >= 0.5).astype(int)
    return {
        "task": "binary",
        "name": f"binary rows={rows} scores={style} labels={balance} weights={weighting}",
        "labels": labels,
        "scores": scores,
        "weights": weights,
        "expected": binary_expected(labels, scores, predictions, weights),
    }


# -- several classes -------------------------------------------------------------------------------------------------


def multiclass_expected(labels, predictions, scores, weights, classes, pairwise):
    w = weights
    every = list(range(classes))
    truth = (labels[:, None] == np.arange(classes)).astype(int)
    expected = {
        "confusion": sk.confusion_matrix(labels, predictions, labels=every, sample_weight=w).ravel(),
        "accuracy": sk.accuracy_score(labels, predictions, sample_weight=w),
        "balanced_accuracy": balanced(labels, predictions, w),
        "matthews_corrcoef": sk.matthews_corrcoef(labels, predictions, sample_weight=w),
        "log_loss": sk.log_loss(labels, y_proba=scores, labels=every, sample_weight=w),
        "brier_score": sk.brier_score_loss(labels, scores, labels=every, sample_weight=w),
        "average_precision_each": [
            sk.average_precision_score(truth[:, one], scores[:, one], sample_weight=w) for one in every
        ],
        "predictions": np.argmax(scores, axis=1),
    }
    for weighting in (None, "linear", "quadratic"):
        expected[f"cohen_kappa_{weighting or 'none'}"] = (
            sk.cohen_kappa_score(labels, predictions, labels=every, weights=weighting, sample_weight=w)
        )
    for average in ("macro", "weighted", "micro"):
        named = {"average": average, "sample_weight": w, "zero_division": 0}
        expected[f"precision_{average}"] = sk.precision_score(labels, predictions, **named)
        expected[f"recall_{average}"] = sk.recall_score(labels, predictions, **named)
        expected[f"f1_{average}"] = sk.f1_score(labels, predictions, **named)
        expected[f"fbeta_{average}"] = sk.fbeta_score(labels, predictions, beta=BETA, **named)
        expected[f"jaccard_{average}"] = sk.jaccard_score(labels, predictions, **named)
        expected[f"specificity_{average}"] = specificity(labels, predictions, w, average)
        expected[f"average_precision_{average}"] = sk.average_precision_score(
            truth, scores, average=average, sample_weight=w
        )
    each = {"average": None, "labels": every, "sample_weight": w, "zero_division": 0}
    expected["precision_each"] = sk.precision_score(labels, predictions, **each)
    expected["recall_each"] = sk.recall_score(labels, predictions, **each)
    expected["f1_each"] = sk.f1_score(labels, predictions, **each)
    for average in ("macro", "weighted"):
        expected[f"roc_auc_ovr_{average}"] = sk.roc_auc_score(
            truth, scores, average=average, sample_weight=w
        )
        if pairwise:
            expected[f"roc_auc_ovo_{average}"] = one_vs_one(labels, scores, w, average)
    confidence = scores.max(axis=1)
    correct = (expected["predictions"] == labels).astype(int)
    expected["ece_top"] = calibration_error(correct, confidence, w, "uniform")
    expected["ece_first"] = calibration_error(truth[:, 0], scores[:, 0], w, "uniform")
    return expected


def specificity(labels, predictions, weights, average):
    counts = sk.multilabel_confusion_matrix(labels, predictions, sample_weight=weights)
    ones = np.ones(len(labels)) if weights is None else weights
    present = sorted({*labels.tolist(), *predictions.tolist()})
    # Counted, not subtracted, so that a class without negatives has none.
    negatives = np.array([np.sum(ones[labels != one]) for one in present])
    right = np.array([np.sum(ones[(labels != one) & (predictions != one)]) for one in present])
    support = counts[:, 1, 0] + counts[:, 1, 1]
    if average == "micro":
        return ratio(right.sum(), negatives.sum())
    each = np.array([ratio(one, all_) for one, all_ in zip(right, negatives)])
    return float(np.average(each, weights=support if average == "weighted" and support.sum() > 0 else None))


def one_vs_one(labels, scores, weights, average):
    present = np.unique(labels if weights is None else labels[weights > 0])
    if len(present) < 2:
        return np.nan
    if weights is None and len(present) > 2:
        every = list(range(scores.shape[1]))
        return sk.roc_auc_score(labels, scores, multi_class="ovo", average=average, labels=every)
    ones = np.ones(len(labels)) if weights is None else weights
    values, shares = [], []
    for one, other in itertools.combinations(present, 2):
        both = (labels == one) | (labels == other)
        values.append(
            sum(
                sk.roc_auc_score(labels[both] == side, scores[both, side], sample_weight=ones[both])
                for side in (one, other)
            )
            / 2
        )
        shares.append(ones[both].sum())
    return float(np.average(values, weights=shares if average == "weighted" else None))


def multiclass_case(rows, classes, style, weighting, seed):
    rng = np.random.default_rng(seed)
    labels = rng.integers(0, classes, rows)
    if style == "missing":
        labels = np.where(labels == classes - 1, 0, labels)
    if style == "single":
        labels = np.full(rows, classes - 1)
    if style == "imbalanced":
        labels = np.where(rng.uniform(0, 1, rows) < 0.98, 0, labels)
    scores = rng.dirichlet(np.ones(classes) * (0.3 if style == "sharp" else 1.0), rows)
    if style == "equal":
        scores = np.full((rows, classes), 1 / classes)
    if style == "ties":
        scores = rng.integers(1, 4, (rows, classes)).astype(float)
        scores = scores / scores.sum(axis=1, keepdims=True)
    if style == "good":
        scores[np.arange(rows), labels] += 1
        scores = scores / scores.sum(axis=1, keepdims=True)
    predictions = np.argmax(scores, axis=1)
    if style == "constant":
        predictions = np.zeros(rows, int)
    if style == "unseen":
        labels = np.where(labels == 0, 1 % classes, labels)
        predictions = np.where(rng.uniform(0, 1, rows) < 0.3, 0, predictions)
    weights = weights_of(weighting, rows, rng)
    return {
        "task": "multiclass",
        "name": f"multiclass rows={rows} classes={classes} {style} weights={weighting}",
        "classes": classes,
        "labels": labels,
        "predictions": predictions,
        "scores": scores.T,
        "weights": weights,
        # Fifty classes are 1,225 pairs: one style of them is enough.
        "expected": multiclass_expected(
            labels, predictions, scores, weights, classes, pairwise=classes < 50 or style == "plain"
        ),
    }


# -- regression ------------------------------------------------------------------------------------------------------


def regression_case(rows, style, weighting, seed):
    rng = np.random.default_rng(seed)
    labels = rng.normal(3, 2, rows)
    predictions = labels + rng.normal(0, 1, rows)
    if style == "offset":
        labels, predictions = labels + 1e6, predictions + 1e6
    if style == "perfect":
        predictions = labels.copy()
    if style == "constant":
        labels = np.full(rows, 2.5)
    if style == "constant-perfect":
        labels = predictions = np.full(rows, 2.5)
    if style == "biased":
        labels = np.round(labels)
        predictions = labels + 2
    if style == "zeros":
        labels = np.where(rng.uniform(0, 1, rows) < 0.5, 0.0, labels)
    if style == "ties":
        labels, predictions = np.round(labels), np.round(predictions)
    if style == "wide":
        labels = np.exp(rng.normal(0, 10, rows))
        predictions = labels * np.exp(rng.normal(0, 1, rows))
    w = weights_of(weighting, rows, rng)
    if w is not None and (rows == 1 or style.startswith("constant")):
        # Powers of two, so that the weighted mean of equal labels is exact: with others scikit-learn finds a variance of
        # about 1e-32 where there is none, hence an R² of about -1e31 or, for one row, 0 in place of 1. Ours stays exact.
        w = 2.0 ** rng.integers(0, 2, rows)
    return {
        "task": "regression",
        "name": f"regression rows={rows} {style} weights={weighting}",
        "labels": labels,
        "predictions": predictions,
        "weights": w,
        "expected": {
            "mean_absolute_error": sk.mean_absolute_error(labels, predictions, sample_weight=w),
            "mean_squared_error": sk.mean_squared_error(labels, predictions, sample_weight=w),
            "root_mean_squared_error": sk.root_mean_squared_error(labels, predictions, sample_weight=w),
            "mean_absolute_percentage_error": sk.mean_absolute_percentage_error(labels, predictions, sample_weight=w),
            "median_absolute_error": sk.median_absolute_error(labels, predictions, sample_weight=w),
            "max_error": sk.max_error(labels, predictions),
            "mean_pinball_loss": sk.mean_pinball_loss(labels, predictions, alpha=ALPHA, sample_weight=w),
            "r2": sk.r2_score(labels, predictions, sample_weight=w),
            "explained_variance": sk.explained_variance_score(labels, predictions, sample_weight=w),
        },
    }


# -- ranking ---------------------------------------------------------------------------------------------------------


def orders_of_ties(scores, relevant):
    """Every order of relevant and irrelevant rows that the scores allow, each as likely as the others."""
    blocks = []
    for score in np.unique(scores)[::-1]:
        flags = relevant[scores == score]
        places = itertools.combinations(range(len(flags)), int(flags.sum()))
        blocks.append([[place in chosen for place in range(len(flags))] for chosen in places])
    return [sum(blocks_chosen, []) for blocks_chosen in itertools.product(*blocks)]


def mean_over_orders(orders, metric):
    return float(np.mean([metric(np.array(order, int)) for order in orders]))


def precision_sum(flags, k):
    return sum(flags[: place + 1].sum() / (place + 1) for place in range(min(k, len(flags))) if flags[place])


def ranking_case(queries, longest, style, k, seed):
    rng = np.random.default_rng(seed)
    rows = []
    expected = {name: [] for name in ("precision_at_k", "recall_at_k", "map_at_k", "mrr", "hit_rate_at_k", "ndcg_at_k")}
    for query in range(queries):
        count = 1 if style == "single" else int(rng.integers(2, longest + 1))
        scores = rng.uniform(-1, 1, count)
        if style == "ties":
            scores = rng.integers(-1, 2, count).astype(float)
        if style == "equal":
            scores = np.zeros(count)
        relevance = rng.integers(0, 4, count).astype(float) * (rng.uniform(0, 1, count) < 0.4)
        if style == "irrelevant" and query % 2 == 0:
            relevance = np.zeros(count)
        relevant = relevance > 0
        total = int(relevant.sum())
        orders = orders_of_ties(scores, relevant)
        expected["precision_at_k"].append(mean_over_orders(orders, lambda flags: flags[:k].sum() / k))
        expected["recall_at_k"].append(mean_over_orders(orders, lambda flags: ratio(flags[:k].sum(), total)))
        expected["hit_rate_at_k"].append(mean_over_orders(orders, lambda flags: float(flags[:k].any())))
        expected["map_at_k"].append(
            mean_over_orders(orders, lambda flags: ratio(precision_sum(flags, k), min(total, k)))
        )
        expected["mrr"].append(
            mean_over_orders(orders, lambda flags: 1 / (1 + int(np.argmax(flags))) if flags.any() else 0.0)
        )
        expected["ndcg_at_k"].append(
            sk.ndcg_score([relevance], [scores], k=k) if count > 1 else float(relevance[0] > 0)
        )
        if style == "distinct" and k >= count and total > 0:
            assert abs(expected["map_at_k"][-1] - sk.average_precision_score(relevant, scores)) < 1e-12
        rows += [(query, score, value) for score, value in zip(scores, relevance)]
    rng.shuffle(rows)
    return {
        "task": "ranking",
        "name": f"ranking queries={queries} longest={longest} {style} k={k}",
        "queries": [int(row[0]) for row in rows],
        "count": queries,
        "scores": [row[1] for row in rows],
        "relevance": [row[2] for row in rows],
        "k": k,
        "expected": expected,
    }


# -- the tables ------------------------------------------------------------------------------------------------------


def all_cases():
    seed = itertools.count(20260)
    for style in ("continuous", "rounded", "equal", "hard", "bins", "extreme"):
        for balance in ("positive", "negative", "one", "informative", "common"):
            for weighting in ("none", "whole", "uniform", "wide"):
                number = next(seed)
                rows = (40, 700, 3000, 12)[number % 4]
                yield binary_case(rows, style, balance, weighting, number)
    for weighting in ("none", "uniform"):
        for balance in ("positive", "negative"):
            yield binary_case(1, "continuous", balance, weighting, next(seed))
        yield binary_case(10_000, "continuous", "one", weighting, next(seed))
    styles = ("plain", "missing", "single", "imbalanced", "equal", "ties", "good", "sharp", "constant", "unseen")
    for style in styles:
        for classes in (2, 3, 7):
            for weighting in ("none", "whole", "wide"):
                number = next(seed)
                yield multiclass_case((30, 400, 9)[number % 3], classes, style, weighting, number)
    for weighting in ("none", "uniform"):
        yield multiclass_case(1, 3, "plain", weighting, next(seed))
        for style in ("plain", "imbalanced", "good"):
            yield multiclass_case(1500, 50, style, weighting, next(seed))
    regressions = ("plain", "offset", "perfect", "constant", "constant-perfect", "biased", "zeros", "ties", "wide")
    for style in regressions:
        for weighting in ("none", "whole", "uniform", "wide"):
            for rows in (1, 2, 25, 1500):
                yield regression_case(rows, style, weighting, next(seed))
    for style in ("distinct", "ties", "equal", "irrelevant", "single"):
        for k in (1, 3, 5, 40):
            yield ranking_case(25, 9, style, k, next(seed))
    yield ranking_case(5, 400, "distinct", 10, next(seed))


def recorded_cases():
    seed = itertools.count(7)
    for style, balance, weighting in (
        ("continuous", "informative", "none"),
        ("rounded", "informative", "uniform"),
        ("equal", "common", "none"),
        ("hard", "negative", "whole"),
        ("bins", "positive", "none"),
        ("rounded", "one", "wide"),
    ):
        yield binary_case(24, style, balance, weighting, next(seed))
    for classes, style, weighting in (
        (3, "plain", "none"),
        (3, "ties", "uniform"),
        (5, "missing", "whole"),
        (4, "unseen", "none"),
        (3, "single", "none"),
        (2, "good", "none"),
    ):
        yield multiclass_case(20, classes, style, weighting, next(seed))
    for rows, style, weighting in (
        (21, "plain", "none"),
        (20, "ties", "whole"),
        (20, "offset", "uniform"),
        (6, "constant", "none"),
        (6, "constant-perfect", "none"),
        (1, "plain", "none"),
        (10, "zeros", "wide"),
    ):
        yield regression_case(rows, style, weighting, next(seed))
    for style, k in (("distinct", 3), ("ties", 3), ("equal", 2), ("irrelevant", 4)):
        yield ranking_case(6, 7, style, k, next(seed))


def main():
    cases = list(recorded_cases() if "--recorded" in sys.argv else all_cases())
    written = {
        "peers": {"scikit-learn": sklearn.__version__, "numpy": np.__version__},
        "constants": {"payoff": PAYOFF, "beta": BETA, "alpha": ALPHA, "bins": BINS},
        "cases": cases,
    }
    json.dump(plain(written), sys.stdout, allow_nan=False)


main()
