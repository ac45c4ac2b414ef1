"""Milliseconds of one fold of a Poisson bootstrap with scikit-learn: `weighted_interval_peer.py <folder> <folds>`.

The folder holds 64-bit scores, labels and weights.
"""

import json
import sys
import time
from pathlib import Path

import numpy as np
from sklearn import metrics

folder, folds = Path(sys.argv[1]), int(sys.argv[2])
scores, labels, weights = (np.fromfile(folder / name) for name in ("scores", "labels", "weights"))
random = np.random.default_rng(1)
milliseconds = {}
for name, metric in (("roc_auc", metrics.roc_auc_score), ("average_precision", metrics.average_precision_score)):
    start = time.perf_counter()
    for _ in range(folds):
        metric(labels, scores, sample_weight=weights * random.poisson(1, len(scores)))
    milliseconds[name] = (time.perf_counter() - start) * 1000 / folds
json.dump(milliseconds, sys.stdout)
