"""What MLflow's own client reads from a server, after it has filled the server with what readers get wrong.

Given {"uri", "out", "few"} as JSON; downloads every artifact below "out"; prints JSON. A server that asks for a password
hashes it slowly at every request, so that it is given only a "few" things.
"""
import json, math, os, sys

import mlflow, pandas as pd
from mlflow import MlflowClient
from mlflow.entities import LoggedModelStatus, Metric
from sklearn.linear_model import LogisticRegression

given = json.loads(sys.argv[1])
# MLflow greets on the standard output.
answer, sys.stdout = sys.stdout, sys.stderr
mlflow.set_tracking_uri(given["uri"])
client = MlflowClient()


def fill_a_little():
    mlflow.set_experiment("odd values")
    with mlflow.start_run(run_name="odd"):
        mlflow.log_metrics({"nan": math.nan, "auc": 0.8})
        mlflow.log_text("a,b\n1,2\n", "deep/predictions.csv")
    with mlflow.start_run(run_name="plain"):
        mlflow.log_param("depth", 3)


def fill():
    mlflow.set_experiment("odd values")
    with mlflow.start_run(run_name="odd") as run:
        run_id = run.info.run_id
        values = {"nan": math.nan, "inf": math.inf, "-inf": -math.inf, "a/nested/name": 0.1, "zero": -0.0, "1e300": 1e300, "ü b": 1}
        for name, value in values.items():
            mlflow.log_metric(name, value)
        for step in [5, 1, 3, -2]:
            mlflow.log_metric("steps", step / 7, step=step)
        client.log_batch(run_id, metrics=[Metric("tied", v, 1000 + i % 3, i % 2) for i, v in enumerate([3.0, math.nan, 1.0, 2.0, -1.0])])
        client.log_batch(run_id, metrics=[Metric("many", math.sin(i), 1000 + i, i) for i in range(1000)])
        mlflow.log_param("long", "x" * 5000)
        mlflow.set_tag("note", 'naïve 模型\n"quoted"')
        data = pd.DataFrame({"a": [1.0]})
        mlflow.log_input(mlflow.data.from_pandas(data, name="train"), context="training")
        mlflow.log_input(mlflow.data.from_pandas(data, name="without context"))
        mlflow.log_text("a,b\n1,2\n", "predictions.csv")
        mlflow.log_text("", "deep/er/empty.txt")
        mlflow.log_text("x", "deep/name with spaces & ü+plus.txt")
        with open(os.path.join(given["out"], "large.bin"), "wb") as file:
            file.write(os.urandom(5_000_000))
        mlflow.log_artifact(file.name)
        model = LogisticRegression().fit([[0], [1]], [0, 1])
        for _ in range(2):
            # What a model needs is found out slowly, and not asked for here.
            mlflow.sklearn.log_model(
                model, name="model" + str(_), registered_model_name="churn", pip_requirements=["scikit-learn"]
            )
        client.set_registered_model_alias("churn", "champion", "1")
        client.set_registered_model_alias("churn", "a-first", "1")
        client.set_model_version_tag("churn", "2", "stage", "naïve")
        mlflow.initialize_logged_model(name="pending")
        failed = mlflow.initialize_logged_model(name="failed")
        mlflow.finalize_logged_model(failed.model_id, LoggedModelStatus.FAILED)
    with mlflow.start_run(run_name="deleted") as deleted:
        pass
    mlflow.delete_run(deleted.info.run_id)
    try:
        with mlflow.start_run(run_name="failed"):
            raise ValueError()
    except ValueError:
        pass
    mlflow.set_experiment("second")
    for index in range(3):
        with mlflow.start_run(run_name=f"run {index}"):
            mlflow.log_metric("auc", index / 3)
    gone = mlflow.create_experiment("gone")
    with mlflow.start_run(experiment_id=gone):
        pass
    mlflow.delete_experiment(gone)


def clean(value):
    # A database holds the largest double where infinity was logged, and the client gives that.
    if math.isnan(value):
        return "nan"
    return "inf" if value >= sys.float_info.max else "-inf" if value <= -sys.float_info.max else value


def described(run, experiment):
    info = run.info
    models = [m for m in client.search_logged_models([experiment.experiment_id]) if m.source_run_id == info.run_id]
    folder = os.path.join(given["out"], info.run_id)
    os.makedirs(os.path.join(folder, "run"))
    if client.list_artifacts(info.run_id):
        mlflow.artifacts.download_artifacts(artifact_uri=info.artifact_uri, dst_path=os.path.join(folder, "run"))
    for model in models:
        if model.status == LoggedModelStatus.READY:
            mlflow.artifacts.download_artifacts(artifact_uri=model.artifact_location, dst_path=os.path.join(folder, model.model_id))
    versions = [v for v in client.search_model_versions(f"run_id='{info.run_id}'")]
    return {
        "id": info.run_id, "name": info.run_name, "experiment": experiment.name, "status": info.status.lower(),
        "user": info.user_id, "startTime": info.start_time, "endTime": info.end_time,
        "params": run.data.params, "tags": run.data.tags,
        "metrics": {k: clean(v) for k, v in run.data.metrics.items()},
        "history": {k: [[p.step, p.timestamp, clean(p.value)] for p in client.get_metric_history(info.run_id, k)] for k in run.data.metrics},
        "inputs": [[d.dataset.name, d.dataset.digest, next((t.value for t in d.tags if t.key == "mlflow.data.context"), None)] for d in run.inputs.dataset_inputs],
        "models": [[m.model_id, m.name, m.status.value.lower()] for m in models],
        "registered": [[v.name, str(v.version), sorted(client.get_model_version(v.name, v.version).aliases), v.tags] for v in versions],
    }


fill_a_little() if given["few"] else fill()
print(json.dumps([described(run, e) for e in client.search_experiments() for run in client.search_runs([e.experiment_id])]), file=answer)
