"""Milliseconds that SciPy takes for each of some columns, as JSON, for drift.bench.ts: `drift_peer.py <rows> <columns>`."""

import json
import sys
import time

import numpy as np
from scipy import stats

rows, columns = int(sys.argv[1]), int(sys.argv[2])
rng = np.random.default_rng(1)
times = {"wasserstein": [], "ks": []}
for _ in range(columns):
    reference, current = rng.normal(0, 1, rows), rng.normal(0.05, 1, rows)
    for name, measure in (("wasserstein", stats.wasserstein_distance), ("ks", stats.ks_2samp)):
        start = time.perf_counter()
        measure(reference, current)
        times[name].append((time.perf_counter() - start) * 1000)
json.dump(times, sys.stdout)
