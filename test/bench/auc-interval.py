"""A bootstrap of the area under the ROC curve with scikit-learn.

Takes a file of 64-bit scores and one of 8-bit labels, and how many folds to draw. Prints, as JSON, the milliseconds of
one fold and the replicates.
"""

import json
import sys
import time

import numpy as np
from sklearn.metrics import roc_auc_score


def main():
    scores = np.fromfile(sys.argv[1], dtype=np.float64)
    labels = np.fromfile(sys.argv[2], dtype=np.uint8)
    random = np.random.default_rng(1)
    replicates = []
    start = time.perf_counter()
    for _ in range(int(sys.argv[3])):
        drawn = random.integers(0, len(scores), len(scores))
        replicates.append(roc_auc_score(labels[drawn], scores[drawn]))
    milliseconds = (time.perf_counter() - start) * 1000 / len(replicates)
    json.dump({"milliseconds": milliseconds, "replicates": replicates}, sys.stdout)


main()
