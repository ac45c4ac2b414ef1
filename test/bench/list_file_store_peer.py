"""Lists every run of a file store with MLflow, in one page; prints the seconds: list_file_store_peer.py <store> <runs>"""

import os
import sys
import time
from pathlib import Path

os.environ["MLFLOW_ALLOW_FILE_STORE"] = "true"
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["DO_NOT_TRACK"] = "true"
import mlflow

store, wanted = Path(sys.argv[1]), int(sys.argv[2])
mlflow.set_tracking_uri(store.as_uri())
start = time.perf_counter()
runs = mlflow.search_runs(search_all_experiments=True, max_results=50_000, output_format="list")
seconds = time.perf_counter() - start
assert len(runs) == wanted, len(runs)
assert all(len(run.data.metrics) == 20 for run in runs)
print(seconds)
