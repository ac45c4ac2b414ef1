"""Small tables, and what scikit-learn says of them under the policy's own names: JSON for estimates.test.ts."""

import json
import sys
import warnings

import numpy as np
from sklearn import metrics as m

warnings.filterwarnings("ignore")
rng = np.random.default_rng(7)
cases = []


def add(task, dataset, table, checks):
    found = []
    for metric, parameters, work in checks:
        try:
            value = float(work())
        except Exception:  # what scikit-learn refuses is not compared
            continue
        if np.isfinite(value):
            found.append({"metric": metric, "parameters": parameters, "value": value})
    columns = {name: np.asarray(column).tolist() for name, column in table.items()}
    cases.append({"task": task, "dataset": {"path": "rows.csv", **dataset}, "table": columns, "checks": found})


def weights_of(rows, weighted):
    return rng.integers(0, 4, rows) + rng.random(rows).round(2) + 0.01 if weighted else None


def binary(weighted):
    rows = int(rng.integers(2, 80))
    y = (rng.random(rows) < rng.choice([0.02, 0.3, 0.5, 0.95])).astype(int)
    p = rng.random(rows).round(int(rng.integers(1, 6)))
    threshold = float(rng.choice([0.5, 0.3]))
    h = (p >= threshold).astype(int)
    w = weights_of(rows, weighted)
    k = {"sample_weight": w}
    counted = {"zero_division": 0, **k}
    payoff = {"tp": 3.0, "fp": -50.0, "fn": -9.5, "tn": 1.0}
    pay = np.where(y == 1, np.where(h == 1, 3.0, -9.5), np.where(h == 1, -50.0, 1.0))
    checks = [
        ("accuracy", {}, lambda: m.accuracy_score(y, h, **k)),
        ("balanced_accuracy", {}, lambda: m.balanced_accuracy_score(y, h, **k)),
        ("specificity", {}, lambda: m.recall_score(1 - y, 1 - h, **counted)),
        ("false_positive_rate", {}, lambda: 1 - m.recall_score(1 - y, 1 - h, **k) if (y == 0).any() else 0),
        ("matthews_corrcoef", {}, lambda: m.matthews_corrcoef(y, h, **k)),
        ("cohen_kappa", {}, lambda: m.cohen_kappa_score(y, h, **k)),
        ("selection_rate", {}, lambda: np.average(h, weights=w)),
        ("expected_value", {"payoff": payoff}, lambda: np.average(pay, weights=w)),
        ("roc_auc", {}, lambda: m.roc_auc_score(y, p, **k)),
        ("average_precision", {}, lambda: m.average_precision_score(y, p, **k)),
        ("log_loss", {}, lambda: m.log_loss(y, p, labels=[0, 1], **k)),
        ("brier_score", {}, lambda: m.brier_score_loss(y, p, **k)),
    ]
    for average in (None, "macro", "micro", "weighted"):
        parameters = {} if average is None else {"average": average}
        how = {"average": average or "binary", **counted}
        for metric, work in (
            ("precision", m.precision_score),
            ("recall", m.recall_score),
            ("f1", m.f1_score),
            ("jaccard", m.jaccard_score),
        ):
            checks.append((metric, parameters, lambda work=work, how=how: work(y, h, **how)))
        checks.append(("fbeta", {"beta": 2, **parameters}, lambda how=how: m.fbeta_score(y, h, beta=2, **how)))
    dataset = {"label": "y", "score": "p", "threshold": threshold, **({"weight": "w"} if weighted else {})}
    table = {"y": y, "p": p, **({"w": w} if weighted else {})}
    add("binary", dataset, table, checks)


def multiclass(weighted):
    rows, size = int(rng.integers(8, 90)), int(rng.integers(3, 6))
    names = [f"class {letter}" for letter in "abcdefgh"[:size]]
    y = rng.integers(0, size, rows)
    scores = rng.dirichlet(np.ones(size) * 0.8, rows).round(2)
    scores[:, -1] = 1 - scores[:, :-1].sum(axis=1)
    scores = np.clip(scores, 0, 1)
    scores = scores / scores.sum(axis=1, keepdims=True)
    h = scores.argmax(axis=1)
    w = weights_of(rows, weighted)
    k = {"sample_weight": w}
    everything = list(range(size))
    checks = [
        ("accuracy", {}, lambda: m.accuracy_score(y, h, **k)),
        ("balanced_accuracy", {}, lambda: m.balanced_accuracy_score(y, h, **k)),
        ("matthews_corrcoef", {}, lambda: m.matthews_corrcoef(y, h, **k)),
        ("log_loss", {}, lambda: m.log_loss(y, scores, labels=everything, **k)),
        ("brier_score", {}, lambda: m.brier_score_loss(y, scores, labels=everything, **k)),
    ]
    for weights in (None, "linear", "quadratic"):
        parameters = {} if weights is None else {"weights": weights}
        checks.append(
            ("cohen_kappa", parameters, lambda weights=weights: m.cohen_kappa_score(y, h, labels=everything, weights=weights, **k))
        )
    for average in ("macro", "weighted"):
        checks.append(
            (
                "roc_auc",
                {"multi_class": "ovr", "average": average},
                lambda average=average: m.roc_auc_score(y, scores, multi_class="ovr", average=average, labels=everything, **k),
            )
        )
        if not weighted and len(set(y)) == size:
            checks.append(
                (
                    "roc_auc",
                    {"multi_class": "ovo", "average": average},
                    lambda average=average: m.roc_auc_score(y, scores, multi_class="ovo", average=average, labels=everything),
                )
            )
    for metric, work in (
        ("precision", m.precision_score),
        ("recall", m.recall_score),
        ("f1", m.f1_score),
        ("jaccard", m.jaccard_score),
    ):
        for average in ("macro", "micro", "weighted"):
            how = {"average": average, "zero_division": 0, **k}
            checks.append((metric, {"average": average}, lambda work=work, how=how: work(y, h, **how)))
        one = int(rng.choice(sorted(set(y) | set(h))))
        how = {"average": None, "labels": [one], "zero_division": 0, **k}
        checks.append((metric, {"class": names[one]}, lambda work=work, how=how: work(y, h, **how)[0]))
    if len(set(y)) == size:
        table = np.eye(size)[y]
        for average in ("macro", "micro", "weighted"):
            checks.append(
                (
                    "average_precision",
                    {"average": average},
                    lambda average=average, table=table: m.average_precision_score(table, scores, average=average, **k),
                )
            )
    columns = {f"p{index}": scores[:, index] for index in everything}
    dataset = {
        "label": "y",
        "scores": {name: f"p{index}" for index, name in enumerate(names)},
        **({"weight": "w"} if weighted else {}),
    }
    add("multiclass", dataset, {"y": [names[one] for one in y], **columns, **({"w": w} if weighted else {})}, checks)


def regression(weighted):
    rows = int(rng.integers(2, 80))
    y = (rng.normal(0, 10, rows) + rng.choice([0, 1e6])).round(int(rng.integers(0, 5)))
    h = (y + rng.normal(0, 3, rows)).round(3)
    w = weights_of(rows, weighted)
    k = {"sample_weight": w}
    checks = [
        ("mean_absolute_error", {}, lambda: m.mean_absolute_error(y, h, **k)),
        ("mean_squared_error", {}, lambda: m.mean_squared_error(y, h, **k)),
        ("root_mean_squared_error", {}, lambda: m.root_mean_squared_error(y, h, **k)),
        ("mean_absolute_percentage_error", {}, lambda: m.mean_absolute_percentage_error(y, h, **k)),
        ("median_absolute_error", {}, lambda: m.median_absolute_error(y, h, **k)),
        ("max_error", {}, lambda: m.max_error(y, h)),
        ("mean_pinball_loss", {}, lambda: m.mean_pinball_loss(y, h, **k)),
        ("mean_pinball_loss", {"alpha": 0.1}, lambda: m.mean_pinball_loss(y, h, alpha=0.1, **k)),
    ]
    if len(set(y)) > 1:
        checks.append(("r2", {}, lambda: m.r2_score(y, h, **k)))
        checks.append(("explained_variance", {}, lambda: m.explained_variance_score(y, h, **k)))
    dataset = {"label": "y", "prediction": "h", **({"weight": "w"} if weighted else {})}
    add("regression", dataset, {"y": y, "h": h, **({"w": w} if weighted else {})}, checks)


def ranking(_):
    queries, size, k = int(rng.integers(1, 12)), int(rng.integers(2, 9)), int(rng.integers(1, 6))
    relevance = rng.integers(0, 4, (queries, size)).astype(float)
    scores = rng.random((queries, size)).round(1)
    order = rng.permutation(queries * size)
    table = {
        "q": np.repeat(np.arange(queries), size)[order],
        "y": relevance.ravel()[order],
        "p": scores.ravel()[order],
    }
    checks = [("ndcg_at_k", {"k": k}, lambda: m.ndcg_score(relevance, scores, k=k))]
    add("ranking", {"label": "y", "score": "p", "query": "q"}, table, checks)


for number in range(240):
    (binary, multiclass, regression, ranking)[number % 4](number % 8 >= 4)
json.dump(cases, sys.stdout)
