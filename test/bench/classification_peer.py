"""Milliseconds that pandas and scikit-learn take for what classification.bench.ts measures: `classification_peer.py <file>`."""

import json
import sys
import time

import numpy as np
import pandas as pd
from sklearn import metrics

start = time.perf_counter()
rows = pd.read_parquet(sys.argv[1])
label, score = rows["label"].to_numpy(), rows["score"].to_numpy()
prediction = (score >= 0.5).astype(np.int64)
values = [
    metrics.accuracy_score(label, prediction),
    metrics.precision_score(label, prediction),
    metrics.recall_score(label, prediction),
    metrics.f1_score(label, prediction),
    metrics.matthews_corrcoef(label, prediction),
    metrics.roc_auc_score(label, score),
    metrics.average_precision_score(label, score),
    metrics.log_loss(label, score),
    metrics.brier_score_loss(label, score),
]
rows["prediction"] = prediction
by_group = rows.groupby("sector", observed=True)
selection = by_group["prediction"].mean()
spread = selection.max() - selection.min()
rates = [rows[rows["label"] == value].groupby("sector", observed=True)["prediction"].mean() for value in (0, 1)]
odds = max(rate.max() - rate.min() for rate in rates)
json.dump({"ms": (time.perf_counter() - start) * 1000, "values": [*values, spread, odds]}, sys.stdout)
