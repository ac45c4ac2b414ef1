"""Makes, moves on and reads MLflow stores with whichever MLflow this Python has; prints what its own client returns.

    make <files|sqlite> <folder>    writes a store of everything that readers get wrong
    migrate <folder>                turns the file store into a database (MLflow 3.10 and newer)
    upgrade <folder>                brings an older MLflow's database to this one's schema
    read <files|sqlite> <folder>    only reads
"""

import json
import math
import os
import subprocess
import sys
import warnings

os.environ.update(
    MLFLOW_ALLOW_FILE_STORE="true",
    MLFLOW_DISABLE_TELEMETRY="true",
    DO_NOT_TRACK="true",
    GIT_PYTHON_REFRESH="quiet",
    MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR="false",
)
warnings.simplefilter("ignore")

import mlflow
import pandas
from mlflow.entities import Metric, Param, RunTag
from mlflow.models.signature import ModelSignature
from mlflow.types import ColSpec, Schema
from mlflow.utils.file_utils import local_file_uri_to_path

MAJOR = int(mlflow.__version__.split(".")[0])
LARGEST = sys.float_info.max
PAGE = 1000


class Doubling(mlflow.pyfunc.PythonModel):
    def predict(self, context, model_input, params=None):
        return model_input * 2


def address(store, folder):
    return os.path.join(folder, "mlruns") if store == "files" else "sqlite:///" + os.path.join(folder, "mlflow.db")


def make(store, folder):
    client = mlflow.MlflowClient()
    has_registry = store == "sqlite" or MAJOR >= 2

    mlflow.set_experiment("naïve 模型 churn")
    with mlflow.start_run(run_name="everything") as run:
        write_values(client, run.info.run_id)
        write_artifacts()
        write_model("everything", "churn classifier" if has_registry else None)
        if MAJOR >= 2:
            write_data_sets()
        with mlflow.start_run(run_name="child 子", nested=True):
            mlflow.log_metric("val/loss", 0.5, step=1)
            write_model("child", "churn classifier" if has_registry else None)
    try:
        with mlflow.start_run(run_name="failed"):
            mlflow.log_metric("accuracy", 0.5)
            raise ValueError()
    except ValueError:
        pass
    with mlflow.start_run(run_name="killed") as killed:
        pass
    client.set_terminated(killed.info.run_id, "KILLED")
    with mlflow.start_run(run_name="empty"):
        pass
    with mlflow.start_run(run_name="deleted") as deleted:
        mlflow.log_metric("accuracy", 1)
    client.delete_run(deleted.info.run_id)
    with mlflow.start_run(run_name="restored") as restored:
        mlflow.log_metric("accuracy", 1)
    client.delete_run(restored.info.run_id)
    client.restore_run(restored.info.run_id)

    elsewhere = client.create_experiment("kept elsewhere", artifact_location=os.path.join(folder, "other place é"))
    for number in range(3):
        with mlflow.start_run(experiment_id=elsewhere, run_name="renamed before"):
            mlflow.log_metric("number", number)
            mlflow.log_text("elsewhere", "notes/é ü.txt")
    client.set_tag(client.search_runs([elsewhere])[0].info.run_id, "mlflow.runName", "renamed")
    still = client.create_run(elsewhere, start_time=1_700_000_000_123)
    client.log_metric(still.info.run_id, "accuracy", 0.25, timestamp=0, step=7)

    mlflow.set_experiment("named before")
    with mlflow.start_run(run_name="in a restored experiment") as restored:
        mlflow.log_metric("accuracy", 0.5)
    client.rename_experiment(restored.info.experiment_id, "renamed: #1 é")
    client.delete_experiment(restored.info.experiment_id)
    client.restore_experiment(restored.info.experiment_id)

    mlflow.set_experiment("deleted experiment")
    with mlflow.start_run(run_name="in a deleted experiment") as gone:
        mlflow.log_metric("accuracy", 1)
    client.delete_experiment(gone.info.experiment_id)

    if has_registry:
        write_registry(client, run.info.run_id)


def write_values(client, run):
    values = {
        "nan": math.nan,
        "infinity": math.inf,
        "minus infinity": -math.inf,
        "val/loss": 0.1 + 0.2,
        "val/deep/er/loss": 1e-5,
        "zero": -0.0,
        "whole": 3,
        "large": 1e300,
        "tiny": 5e-324,
        "précision 模型": 0.75,
        "a.b-c_d e": 1 / 3,
    }
    for name, value in values.items():
        mlflow.log_metric(name, value)
    for step in [5, 1, 3, -2]:
        mlflow.log_metric("out of order", step / 7, step=step)
    mlflow.log_metric("only negative", 1.5, step=-1)
    for value in [math.inf, 1.0, math.nan]:
        mlflow.log_metric("ends as nan", value, step=int(value) if value == 1 else 2 if math.isnan(value) else 0)
    points = [Metric("thousand", math.sin(i), 1_700_000_000_000 + 10 * i, i) for i in range(1000)]
    points += [Metric("backwards", float(i), 1_700_000_001_000 - i, i) for i in range(5)]
    points += [Metric("same step", v, t, 4) for v, t in [(0.5, 2000), (0.9, 1000), (0.7, 3000)]]
    points += [Metric("same instant", v, 1000, 4) for v in [0.5, 0.9, 0.7]]
    points += [Metric("later step earlier time", v, t, s) for v, t, s in [(0.1, 9000, 1), (0.2, 10, 2)]]
    points += [Metric("far", 1.0, 2**42, 2**40)]
    for first in range(0, len(points), PAGE):
        client.log_batch(run, metrics=points[first : first + PAGE])
    client.log_batch(
        run,
        params=[
            Param("learning rate", "0.1"),
            Param("opt/name", "adäm 模型"),
            Param("long", "x" * 400),
            Param("spaces", "  kept  "),
            Param("lines", "one\ntwo\n"),
            Param("quoted", "'a': \"b\" # c"),
            Param("empty", ""),
        ],
        tags=[RunTag("note", 'naïve 模型\n"quoted"\n'), RunTag("a/nested tag", " "), RunTag("empty", "")],
    )


def write_artifacts():
    mlflow.log_text("age,score\n1,0.5\n", "tables/predictions.csv")
    mlflow.log_dict({"a": 1}, "résumé 1.json")


def write_model(name, registered):
    data = pandas.DataFrame({"age": [1.0, 2.0], "income": [3.5, 4.5]})
    # Inferring it needs SciPy in older versions.
    columns = Schema([ColSpec("double", "age"), ColSpec("double", "income")])
    place = {"name": name + " model"} if MAJOR >= 3 else {"artifact_path": name + "-model"}
    mlflow.pyfunc.log_model(
        python_model=Doubling(),
        signature=ModelSignature(inputs=columns, outputs=columns),
        input_example=data,
        pip_requirements=["mlflow"],
        registered_model_name=registered,
        await_registration_for=0,
        **place,
    )


def write_data_sets():
    data = pandas.DataFrame({"age": [1.0, 2.0], "label": [0, 1]})
    # MLflow's own reader of files takes a metric of a data set for malformed when the set's name has a space.
    train = mlflow.data.from_pandas(data, name="train-é")
    mlflow.log_input(train, context="training")
    mlflow.log_input(mlflow.data.from_pandas(data * 4, name="train and more"), context="training")
    mlflow.log_input(mlflow.data.from_pandas(data * 2, name="test"), context="evaluation")
    mlflow.log_input(mlflow.data.from_pandas(data * 3, name="without context"))
    if MAJOR >= 3:
        for step in range(3):
            mlflow.log_metric("on data", 0.5 + step / 10, step=step, dataset=train)
        for status in ["READY", "FAILED"]:
            model = mlflow.initialize_logged_model(name=status.lower(), params={"depth": "3"})
            mlflow.finalize_logged_model(model.model_id, status)
        mlflow.initialize_logged_model(name="pending")
        removed = mlflow.initialize_logged_model(name="removed")
        mlflow.finalize_logged_model(removed.model_id, "READY")
        mlflow.MlflowClient().delete_logged_model(removed.model_id)


def write_registry(client, run):
    name = "churn classifier"
    source = local(client.get_run(run).info.artifact_uri)
    client.set_model_version_tag(name, "1", "signoff.status", "approved 模型")
    client.create_model_version(name, source, run_id=run, await_creation_for=0)
    client.create_model_version(name, source, run_id=run, await_creation_for=0)
    client.delete_model_version(name, "3")
    client.create_registered_model("other model")
    client.create_model_version("other model", source, run_id=run, await_creation_for=0)
    client.create_registered_model("empty model")
    client.create_registered_model("deleted model")
    client.create_model_version("deleted model", source, run_id=run, await_creation_for=0)
    client.delete_registered_model("deleted model")
    if hasattr(client, "set_registered_model_alias"):
        client.set_registered_model_alias(name, "champion", "1")
        client.set_registered_model_alias(name, "best", "1")
        client.set_registered_model_alias(name, "challenger", "2")
        client.set_registered_model_alias(name, "moved", "1")
        client.set_registered_model_alias(name, "moved", "2")
        client.set_registered_model_alias(name, "removed", "1")
        client.delete_registered_model_alias(name, "removed")


def local(uri):
    """The folder of an artifact address. MLflow 1 keeps addresses that start where it ran: in the store's folder."""
    return os.path.abspath(local_file_uri_to_path(uri))


def number(value):
    """As JSON can say it. Databases can't hold infinity, and MLflow's client then returns the largest double."""
    if math.isnan(value):
        return "nan"
    return "inf" if value >= LARGEST else "-inf" if value <= -LARGEST else float(value)


def point(metric):
    return [metric.step, metric.timestamp, number(metric.value)]


def all_pages(search):
    found, token = [], None
    while True:
        page = search(token)
        found += page
        token = page.token
        if not token:
            return found


def files_below(client, run, folder=None):
    found = []
    for entry in client.list_artifacts(run, folder):
        found += files_below(client, run, entry.path) if entry.is_dir else [[entry.path, entry.file_size]]
    return sorted(found)


def read(client):
    experiments = all_pages(lambda token: client.search_experiments(page_token=token))
    ids = [experiment.experiment_id for experiment in experiments]
    names = {experiment.experiment_id: experiment.name for experiment in experiments}
    models = all_pages(lambda token: client.search_logged_models(ids, page_token=token)) if MAJOR >= 3 else []
    try:
        # Searching leaves out a version's aliases in some releases.
        versions = [client.get_model_version(version.name, version.version) for version in all_versions(client)]
    except Exception as error:
        # Only MLflow 1.x has no registry beside its files.
        if MAJOR >= 2 or "registry" not in str(error).lower():
            raise error
        versions = []
    return [
        run_as_json(client, run, names, models, versions)
        for run in all_pages(lambda token: client.search_runs(ids, page_token=token))
    ]


def all_versions(client):
    if MAJOR >= 2:
        return all_pages(lambda token: client.search_model_versions("", page_token=token))
    # MLflow 1.x searches the versions of one model only.
    models = all_pages(lambda token: client.search_registered_models(page_token=token))
    return [version for model in models for version in client.search_model_versions(f"name='{model.name}'")]


def run_as_json(client, run, experiments, models, versions):
    info = run.info
    inputs = run.inputs.dataset_inputs if getattr(run, "inputs", None) else []
    return {
        "id": info.run_id,
        "name": info.run_name,
        "experiment": experiments[info.experiment_id],
        "experimentId": info.experiment_id,
        "status": info.status.lower(),
        "user": info.user_id,
        "startTime": info.start_time,
        "endTime": info.end_time,
        "params": run.data.params,
        "tags": run.data.tags,
        "metrics": {metric.key: point(metric) for metric in run.data._metric_objs},
        "history": {key: [point(p) for p in client.get_metric_history(info.run_id, key)] for key in run.data.metrics},
        "inputs": [
            [entry.dataset.name, entry.dataset.digest, {tag.key: tag.value for tag in entry.tags}.get("mlflow.data.context")]
            for entry in inputs
        ],
        "models": [
            [model.model_id, model.name, model.status.value.lower(), local(model.artifact_location)]
            for model in models
            if model.source_run_id == info.run_id
        ],
        "registered": [
            [version.name, str(version.version), sorted(getattr(version, "aliases", [])), dict(version.tags), place(client, version)]
            for version in versions
            if version.run_id == info.run_id
        ],
        "artifactFolder": local(info.artifact_uri),
        "files": files_below(client, info.run_id),
    }


def place(client, version):
    uri = client.get_model_version_download_uri(version.name, version.version)
    if uri.startswith("models:/m-"):
        uri = client.get_logged_model(uri.removeprefix("models:/")).artifact_location
    return local(uri)


def main():
    task, *rest = sys.argv[1:]
    store = rest[0] if task in ("make", "read") else "sqlite"
    folder = rest[-1]
    target = address(store, folder)
    # Databases keep artifacts below the folder where MLflow runs.
    os.chdir(folder)
    if task == "migrate":
        command(["migrate-filestore", "--source", folder, "--target", target, "--no-progress"])
    if task == "upgrade":
        command(["db", "upgrade", target])
    mlflow.set_tracking_uri(target)
    if task == "make":
        make(store, folder)
    print(json.dumps({"version": mlflow.__version__, "runs": read(mlflow.MlflowClient())}), file=STANDARD_OUTPUT)


def command(arguments):
    subprocess.run([sys.executable, "-m", "mlflow", *arguments], check=True, stdout=sys.stderr)


# Old MLflows and their parts print to standard output.
STANDARD_OUTPUT, sys.stdout = sys.stdout, sys.stderr
main()
