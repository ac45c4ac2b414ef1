"""Does with MLflow's own client what teams do around a sign-off, as a line of JSON asks, and answers with one of JSON.

    {"do": "log", "names": [...]}               logs a run for each, with a model that predicts the run's name
    {"do": "log without a model"}               logs a run
    {"do": "call", "url": ..., "secret": ...}   has the server call that address when tags or aliases are set
    {"do": "read", "model": ..., "alias": ...}  tells every version, and what the version of the alias predicts
"""

import json
import os
import sys

os.environ.update(MLFLOW_DISABLE_TELEMETRY="true", DO_NOT_TRACK="true", GIT_PYTHON_REFRESH="quiet")
os.environ.update(MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR="false")
# MLflow greets on the standard output.
answers, sys.stdout = sys.stdout, sys.stderr

import mlflow
import pandas

mlflow.set_tracking_uri(sys.argv[1])
mlflow.set_experiment("credit")
client = mlflow.MlflowClient()
MAJOR = int(mlflow.__version__.split(".")[0])


def named(name):
    class Named(mlflow.pyfunc.PythonModel):
        def predict(self, context, model_input, params=None):
            return [name] * len(model_input)

    return Named()


def log(name):
    with mlflow.start_run(run_name=name) as run:
        place = {"name": "model"} if MAJOR >= 3 else {"artifact_path": "deep/model"}
        # What a model needs is found out slowly, and not asked for here.
        mlflow.pyfunc.log_model(python_model=named(name), pip_requirements=["mlflow-skinny"], **place)
    return run.info.run_id


def log_without_a_model():
    with mlflow.start_run() as run:
        mlflow.log_metric("auc", 0.5)
    return run.info.run_id


def call(url, secret):
    client.create_webhook("deploy", url, ["model_version_tag.set", "model_version_alias.created"], secret=secret)


def read(model, alias):
    versions = client.search_model_versions(f"name='{model}'")
    loaded = mlflow.pyfunc.load_model(f"models:/{model}@{alias}")
    return {
        "versions": [[int(v.version), v.run_id, v.tags] for v in sorted(versions, key=lambda v: int(v.version))],
        "at": int(client.get_model_version_by_alias(model, alias).version),
        "predicts": loaded.predict(pandas.DataFrame({"a": [1]}))[0],
    }


for line in sys.stdin:
    asked = json.loads(line)
    wanted = asked.pop("do")
    if wanted == "log":
        told = [log(name) for name in asked["names"]]
    else:
        told = {"log without a model": log_without_a_model, "call": call, "read": read}[wanted](**asked)
    print(json.dumps(told), file=answers, flush=True)
