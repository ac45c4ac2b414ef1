"""Makes a store with MLflow's own tables, fills it, and times mlflow.search_runs on it."""
import json, os, random, sqlite3, sys, time

import mlflow
from mlflow.store.tracking.sqlalchemy_store import SqlAlchemyStore

path, runs, metrics = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
uri = 'sqlite:///' + path
SqlAlchemyStore(uri, os.path.dirname(path) + '/mlruns')
generator = random.Random(1)
started = 1_700_000_000_000
with sqlite3.connect(path) as database:
    for index in range(runs):
        run, start = '%032x' % generator.getrandbits(128), started + 1000 * index
        database.execute(
            "INSERT INTO runs (run_uuid, name, source_type, source_name, entry_point_name, user_id, status, start_time, end_time,"
            " source_version, lifecycle_stage, artifact_uri, experiment_id)"
            " VALUES (?, ?, 'LOCAL', '', '', 'ana', 'FINISHED', ?, ?, '', 'active', ?, 0)",
            (run, f'run-{index}', start, start + 500, f'mlruns/0/{run}/artifacts'),
        )
        tags = [('mlflow.user', 'ana', run), ('mlflow.runName', f'run-{index}', run)]
        database.executemany('INSERT INTO tags (key, value, run_uuid) VALUES (?, ?, ?)', tags)
        points = [(f'metric_{each}', generator.random(), start + each, run) for each in range(metrics)]
        for table in ['metrics', 'latest_metrics']:
            database.executemany(
                f'INSERT INTO {table} (key, value, timestamp, step, is_nan, run_uuid) VALUES (?, ?, ?, 0, 0, ?)', points
            )
mlflow.set_tracking_uri(uri)
mlflow.search_runs(experiment_ids=['0'], max_results=10)
begun = time.perf_counter()
found = mlflow.search_runs(experiment_ids=['0'], max_results=10 * runs)
print(json.dumps({'runs': len(found), 'milliseconds': 1000 * (time.perf_counter() - begun)}))
