"""Prints, as JSON, group fairness by Fairlearn and AIF360 on generated tables."""

import json
import sys
import warnings

import aif360
import fairlearn
import numpy as np
import pandas as pd
from aif360.datasets import BinaryLabelDataset
from aif360.metrics import ClassificationMetric
from fairlearn import metrics as fl
from sklearn import metrics as sk

warnings.filterwarnings("ignore")
TABLES = 160


def table(random, index):
    rows = int(random.choice([12, 40, 150, 600]))
    groups = int(random.integers(2, 6))
    shares = random.dirichlet(np.full(groups, [0.5, 5][index % 2]))
    group = random.choice(groups, rows, p=shares)
    rate = random.random(groups) * 0.8 + 0.1
    labels = (random.random(rows) < rate[group]).astype(int)
    scores = np.round(np.clip(0.5 + 0.3 * (labels - 0.5) + random.normal(0, 0.2, rows), 0, 1), int(random.choice([1, 3])))
    if index % 10 == 9:
        labels[group == 0] = 1  # a group without negatives
    if index % 10 == 8:
        scores[group == 1] = 0  # a group of which nobody is selected
    predictions = (scores >= 0.5).astype(int)
    weights = np.round(random.gamma(2, 1, rows) + 0.01, 2) if index % 3 == 0 else None
    return dict(group=group, labels=labels, scores=scores, predictions=predictions, weights=weights)


def fairlearn_values(t):
    y, p, s, g, w = t["labels"], t["predictions"], t["scores"], t["group"], t["weights"]
    common = dict(sensitive_features=g, sample_weight=w)
    values = {
        "demographic_parity_difference": fl.demographic_parity_difference(y, p, **common),
        "demographic_parity_ratio": fl.demographic_parity_ratio(y, p, **common),
        "equalized_odds_difference": fl.equalized_odds_difference(y, p, **common),
        "equalized_odds_ratio": fl.equalized_odds_ratio(y, p, **common),
    }
    spreads = {
        "accuracy": (sk.accuracy_score, p),
        "recall": (sk.recall_score, p),
        "precision": (sk.precision_score, p),
        "f1": (sk.f1_score, p),
        "balanced_accuracy": (sk.balanced_accuracy_score, p),
        "selection_rate": (fl.selection_rate, p),
        "false_positive_rate": (fl.false_positive_rate, p),
        "false_negative_rate": (fl.false_negative_rate, p),
        "roc_auc": (sk.roc_auc_score, s),
        "brier_score": (sk.brier_score_loss, s),
        "log_loss": (lambda y, s, sample_weight=None: sk.log_loss(y, s, sample_weight=sample_weight, labels=[0, 1]), s),
    }
    for name, (metric, predicted) in spreads.items():
        parameters = {} if w is None else {"sample_weight": w}
        try:
            frame = fl.MetricFrame(
                metrics=metric, y_true=y, y_pred=predicted, sensitive_features=g, sample_params=parameters
            )
            values[name + "_difference"] = frame.difference(method="between_groups")
            values[name + "_ratio"] = frame.ratio(method="between_groups")
        except ValueError:
            pass
    return values


def dataset(t, labels):
    frame = pd.DataFrame({"label": labels, "group": t["group"], "weight": 1.0 if t["weights"] is None else t["weights"]})
    return BinaryLabelDataset(
        df=frame,
        label_names=["label"],
        protected_attribute_names=["group"],
        instance_weights_name="weight",
        favorable_label=1,
        unfavorable_label=0,
    )


def aif360_values(t):
    truth, predicted = dataset(t, t["labels"]), dataset(t, t["predictions"])
    values = {}
    present = sorted(set(t["group"].tolist()))
    for group in present[1:]:
        metric = ClassificationMetric(
            truth, predicted, unprivileged_groups=[{"group": group}], privileged_groups=[{"group": present[0]}]
        )
        for name in (
            "statistical_parity_difference",
            "disparate_impact",
            "equal_opportunity_difference",
            "average_odds_difference",
            "average_abs_odds_difference",
        ):
            values.setdefault(name, {})[str(group)] = getattr(metric, name)()
    values["theil_index"] = metric.theil_index() if len(present) > 1 else None
    return values


def finite(value):
    if isinstance(value, dict):
        return {key: finite(each) for key, each in value.items()}
    if isinstance(value, np.ndarray):
        return value.tolist()
    if value is None:
        return None
    return float(value) if np.isfinite(value) else None


def main():
    random = np.random.default_rng(20260101)
    cases = []
    for index in range(TABLES):
        t = table(random, index)
        if len(set(t["group"].tolist())) < 2:
            continue
        cases.append({**finite(t), "fairlearn": finite(fairlearn_values(t)), "aif360": finite(aif360_values(t))})
    peers = {"fairlearn": fairlearn.__version__, "aif360": aif360.__version__, "python": sys.version.split()[0]}
    json.dump({"peers": peers, "cases": cases}, sys.stdout)


main()
