"""Train the two models of the credit-risk sample, and leave behind what a sign-off needs.

    python train.py --output DIR    writes mlflow.db, mlruns/, data/ and MODEL_CARD.md there
    python train.py --check         trains again in a temporary folder, and compares the metrics
                                    with those of the mlflow.db beside this script

The champion is a scorecard as banks have long used them: binned features and a
logistic regression. The challenger is boosted trees with monotonic
constraints. Everything but the measured latencies is the same on every run.
"""

from __future__ import annotations

import os

# Before NumPy is loaded: sums over one thread have one order.
os.environ["OMP_NUM_THREADS"] = "1"
# A sample should send nothing anywhere.
os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
os.environ["MLFLOW_ENABLE_ARTIFACTS_PROGRESS_BAR"] = "false"

import argparse
import math
import sqlite3
import subprocess
import sys
import tempfile
import time
import warnings
from contextlib import closing
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from string import Template

import mlflow
import numpy as np
import pandas as pd
from mlflow.models import ModelSignature, infer_signature
from sklearn.base import ClassifierMixin, clone
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import (
    accuracy_score,
    brier_score_loss,
    f1_score,
    log_loss,
    precision_score,
    recall_score,
    roc_auc_score,
)
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import KBinsDiscretizer

from credit_data import FEATURES, KEY, LABEL, PROTECTED, Split, inputs, load, perturbed, split
from explain import write_lime, write_shap

HERE = Path(__file__).resolve().parent
EXPERIMENT = "default-classifier"
SEED = 20051001
THRESHOLD = 0.3
"""Who is called a defaulter: a missed default costs about twice a good client turned away."""
FOLDS = 5
TRAINING_SAMPLE = 6000
LATENCY_CALLS = 200
MEASURED = "latency_"
"""Metrics whose names start so are measured with a clock, and differ on every run."""

Metrics = dict[tuple[str, str, int], float]
"""(run name, metric, step) -> value"""


@dataclass(frozen=True)
class Candidate:
    """A model to train, and what a reader of the run should know about it."""

    name: str
    note: str
    model: ClassifierMixin
    trusted_types: list[str] = field(default_factory=list)
    """Types that skops is told to load: the ones this model is known to consist of."""


def candidates() -> list[Candidate]:
    """The champion, then the challenger."""
    scorecard = Pipeline(
        [
            (
                "bins",
                KBinsDiscretizer(n_bins=8, encode="onehot-dense", quantile_method="averaged_inverted_cdf"),
            ),
            ("logistic", LogisticRegression(C=0.3, max_iter=3000, random_state=SEED)),
        ]
    )
    trees = HistGradientBoostingClassifier(
        max_iter=50,
        learning_rate=0.1,
        max_leaf_nodes=10,
        min_samples_leaf=50,
        early_stopping=False,
        monotonic_cst=[_direction(name) for name in FEATURES],
        random_state=SEED,
    )
    return [
        Candidate("scorecard", "Champion: a binned logistic scorecard.", scorecard, ["numpy.dtype"]),
        Candidate(
            "boosted-trees",
            "Challenger: boosted trees that can't rate a client better for paying later.",
            trees,
            ["sklearn.ensemble._hist_gradient_boosting.predictor.TreePredictor"],
        ),
    ]


def _direction(feature: str) -> int:
    """How the risk may move with a feature, all else equal: late is worse, paying more is better."""
    if feature.startswith("repay_status"):
        return 1
    return 0 if feature.startswith("bill") else -1


def scores(model: ClassifierMixin, table: pd.DataFrame) -> np.ndarray:
    """The probability of default of each row."""
    return model.predict_proba(inputs(table))[:, 1]


def scored(model: ClassifierMixin, table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """A table of predictions that every metric can be recomputed from."""
    result = table[[KEY, LABEL]].copy()
    result["p_default"] = scores(model, table)
    result["predicted"] = (result["p_default"] >= THRESHOLD).astype("int32")
    return result.join(table[columns])


def classification_metrics(prefix: str, table: pd.DataFrame) -> dict[str, float]:
    """The usual metrics of a scored table; the policy recomputes them from the same rows."""
    label, score, predicted = table[LABEL], table["p_default"], table["predicted"]
    values = {
        "accuracy": accuracy_score(label, predicted),
        "precision": precision_score(label, predicted),
        "recall": recall_score(label, predicted),
        "f1": f1_score(label, predicted),
        "roc_auc": roc_auc_score(label, score),
        "log_loss": log_loss(label, score),
        "brier_score_loss": brier_score_loss(label, score),
    }
    return {f"{prefix}_{name}": float(value) for name, value in values.items()}


def log_folds(candidate: Candidate, training: pd.DataFrame) -> None:
    """Cross-validate, one step per fold: how much the result depends on who was drawn."""
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=SEED)
    for fold, (fitted, tested) in enumerate(folds.split(training, training[LABEL])):
        model = clone(candidate.model).fit(inputs(training.iloc[fitted]), training.iloc[fitted][LABEL])
        metrics = classification_metrics("cv", scored(model, training.iloc[tested], []))
        mlflow.log_metrics({name: metrics[name] for name in ("cv_accuracy", "cv_roc_auc")}, step=fold)


def log_validation(model: ClassifierMixin, validation: pd.DataFrame) -> None:
    """Log the validation loss: of every tenth stage where training has stages, else of the model."""
    if isinstance(model, HistGradientBoostingClassifier):
        stages = enumerate(model.staged_predict_proba(inputs(validation)), start=1)
        for stage, probabilities in stages:
            if stage % 10 == 0:
                mlflow.log_metric("val_loss", log_loss(validation[LABEL], probabilities[:, 1]), step=stage)
    else:
        mlflow.log_metric("val_loss", log_loss(validation[LABEL], scores(model, validation)))


def measure_latency(model: ClassifierMixin, table: pd.DataFrame) -> pd.DataFrame:
    """Time one client at a time, as an online service would ask; the first calls warm up."""
    rows = inputs(table)
    elapsed = []
    for call in range(LATENCY_CALLS + 20):
        started = time.perf_counter()
        model.predict_proba(rows.iloc[[call]])
        elapsed.append((time.perf_counter() - started) * 1000)
    return pd.DataFrame({"call": range(LATENCY_CALLS), "milliseconds": elapsed[20:]})


def write_artifacts(model: ClassifierMixin, data: Split, folder: Path) -> dict[str, float]:
    """Write the run's evidence, and return the metrics that can be recomputed from it."""
    evaluation = folder / "eval"
    evaluation.mkdir(parents=True)
    holdout = scored(model, data.holdout, [*PROTECTED, *FEATURES])
    # What is at stake with a client, in thousands of NT dollars: a natural weight.
    holdout.insert(4, "exposure", holdout["credit_limit"] / 1000)
    noise = scored(model, perturbed(data.holdout, SEED), [])
    sample = data.training.sample(TRAINING_SAMPLE, random_state=SEED).sort_values(KEY, ignore_index=True)
    training = scored(model, sample, [])
    latency = measure_latency(model, data.holdout)

    write_parquet(holdout, evaluation / "predictions.parquet")
    write_parquet(noise, evaluation / "predictions_noise.parquet")
    write_parquet(training, evaluation / "training_predictions.parquet")
    latency.to_csv(evaluation / "latency.csv", index=False, float_format="%.4f")
    write_shap(model, data.training, data.holdout, folder / "shap.npz")
    write_lime(model, data.training, data.holdout, folder / "lime.json", SEED)

    return {
        **classification_metrics("holdout", holdout),
        **classification_metrics("noise", noise),
        **classification_metrics("training", training),
        f"{MEASURED}p50_ms": float(latency["milliseconds"].quantile(0.5)),
        f"{MEASURED}p95_ms": float(latency["milliseconds"].quantile(0.95)),
    }


def write_parquet(table: pd.DataFrame, path: Path) -> None:
    """Write Parquet that is small and the same on every run."""
    table.to_parquet(path, index=False, compression="zstd")


def log_model(candidate: Candidate, model: ClassifierMixin, data: Split) -> str:
    """Log the model so that it serves probabilities, in a format that runs no code when read."""
    example = inputs(data.holdout.head(5))
    signature: ModelSignature = infer_signature(example, model.predict_proba(example))
    pinned = [f"{name}=={version(name)}" for name in ("scikit-learn", "numpy", "pandas", "skops")]
    info = mlflow.sklearn.log_model(
        model,
        name="model",
        signature=signature,
        input_example=example,
        pip_requirements=[f"mlflow=={version('mlflow')}", *pinned],
        pyfunc_predict_fn="predict_proba",
        skops_trusted_types=candidate.trusted_types,
        params={"threshold": THRESHOLD},
    )
    return info.model_id


def log_parameters(model: ClassifierMixin, data: Split) -> None:
    """Log what the training depended on."""
    estimator = model[-1] if isinstance(model, Pipeline) else model
    names = ("C", "max_iter", "learning_rate", "max_leaf_nodes", "min_samples_leaf", "monotonic_cst")
    chosen = {name: value for name, value in estimator.get_params().items() if name in names}
    mlflow.log_params(
        {
            "estimator": type(estimator).__name__,
            "seed": SEED,
            "threshold": THRESHOLD,
            "features": ",".join(FEATURES),
            "training_rows": len(data.training),
            "validation_rows": len(data.validation),
            "holdout_rows": len(data.holdout),
            **chosen,
        }
    )


def train(candidate: Candidate, data: Split) -> None:
    """One MLflow run: fit, evaluate, explain, and log all of it."""
    tags = {"mlflow.source.name": "train.py", **source_tags()}
    with mlflow.start_run(run_name=candidate.name, description=candidate.note, tags=tags):
        training_set = mlflow.data.from_pandas(
            data.training, source="data/train.parquet", name="training", targets=LABEL
        )
        holdout_set = mlflow.data.from_pandas(
            data.holdout, source="eval/predictions.parquet", name="holdout", targets=LABEL
        )
        mlflow.log_input(training_set, context="training")
        mlflow.log_input(holdout_set, context="testing")

        log_folds(candidate, data.training)
        model = clone(candidate.model).fit(inputs(data.training), data.training[LABEL])
        log_parameters(model, data)
        log_validation(model, data.validation)
        model_id = log_model(candidate, model, data)
        with tempfile.TemporaryDirectory() as folder:
            metrics = write_artifacts(model, data, Path(folder))
            mlflow.log_artifacts(folder)
        on_holdout = {name: value for name, value in metrics.items() if name.startswith("holdout_")}
        others = {name: value for name, value in metrics.items() if name not in on_holdout}
        mlflow.log_metrics(on_holdout, model_id=model_id, dataset=holdout_set)
        mlflow.log_metrics(others, model_id=model_id)


def source_tags() -> dict[str, str]:
    """The commit that this script stands at, and whether the working tree differs from it."""

    def git(*arguments: str) -> str:
        return subprocess.run(
            ["git", "-C", str(HERE), *arguments], check=True, capture_output=True, text=True
        ).stdout.strip()

    try:
        commit, changes = git("rev-parse", "HEAD"), git("status", "--porcelain", "--", ".")
    except (OSError, subprocess.CalledProcessError):
        return {}
    return {"mlflow.source.git.commit": commit, "mlflow.source.git.dirty": str(bool(changes)).lower()}


def train_all(output: Path) -> None:
    """Train every candidate into an MLflow store in ``output``, laid out as MLflow does by default."""
    os.chdir(output)  # MLflow puts mlruns/ into the current folder
    mlflow.set_tracking_uri("sqlite:///mlflow.db")
    mlflow.set_experiment(EXPERIMENT)
    mlflow.set_experiment_tag("project", "credit-risk")
    data = split(load(), SEED)
    Path("data").mkdir(exist_ok=True)
    write_parquet(data.training, Path("data/train.parquet"))
    for candidate in candidates():
        train(candidate, data)


def compact(store: Path) -> None:
    """Leave one small database file, without a journal beside it.

    MLflow's schema has 65 tables and more indexes, nearly all empty here, and
    each takes a page: smaller pages make the file a third of the size.
    """
    with closing(sqlite3.connect(store)) as database:
        database.execute("PRAGMA journal_mode = DELETE")
        database.execute("PRAGMA page_size = 1024")
        database.execute("VACUUM")


def recorded_metrics(store: Path) -> Metrics:
    """Every value that a store holds, history included."""
    query = (
        "SELECT r.name, m.key, m.step, m.value FROM metrics m JOIN runs r USING (run_uuid) WHERE m.is_nan = 0"
    )
    with closing(sqlite3.connect(f"{store.as_uri()}?mode=ro", uri=True)) as database:
        return {(run, key, step): value for run, key, step, value in database.execute(query)}


def differences(recorded: Metrics, again: Metrics) -> list[str]:
    """What a second training did not reproduce, one line each; measured times aside."""
    found = []
    for name in sorted(recorded.keys() | again.keys()):
        before, after = recorded.get(name, math.nan), again.get(name, math.nan)
        same = math.isclose(before, after, rel_tol=1e-9)
        if not same and not name[1].startswith(MEASURED):
            found.append(f"{name[0]} {name[1]} step {name[2]}: recorded {before!r}, now {after!r}")
    return found


def check() -> int:
    """Train again and compare; the exit code says whether the sample is reproducible."""
    recorded = recorded_metrics(HERE / "mlflow.db")
    with tempfile.TemporaryDirectory() as folder:
        train_all(Path(folder))
        again = recorded_metrics(Path(folder, "mlflow.db"))
        os.chdir(HERE)  # a folder that is somebody's current folder can't be removed everywhere
    found = differences(recorded, again)
    print("\n".join(found) or f"all {len(recorded)} recorded values are reproduced (times aside)")
    return 1 if found else 0


def write_card(output: Path) -> None:
    """Fill the model card from the newest run, so that its numbers are the logged ones."""
    [run] = mlflow.search_runs(
        experiment_names=[EXPERIMENT],
        order_by=["attributes.start_time DESC"],
        max_results=1,
        output_format="list",
    )
    table = mlflow.artifacts.download_artifacts(f"runs:/{run.info.run_id}/eval/predictions.parquet")
    exact = {name: repr(value) for name, value in run.data.metrics.items()}
    rounded = {f"{name}_4": f"{value:.4f}" for name, value in run.data.metrics.items()}
    template = Template((HERE / "MODEL_CARD.template.md").read_text(encoding="utf-8"))
    card = template.substitute(
        run.data.params,
        **exact,
        **rounded,
        run_id=run.info.run_id,
        sex_table=_group_table(pd.read_parquet(table)),
    )
    (output / "MODEL_CARD.md").write_text(card, encoding="utf-8")


def _group_table(predictions: pd.DataFrame) -> str:
    lines = [
        "| sex | clients | default rate | called risky | recall | ROC AUC |",
        "|---|---|---|---|---|---|",
    ]
    for sex, rows in predictions.groupby("sex"):
        label, predicted = rows[LABEL], rows["predicted"]
        figures = [label.mean(), predicted.mean(), recall_score(label, predicted)]
        figures.append(roc_auc_score(label, rows["p_default"]))
        lines.append(f"| {sex} | {len(rows)} | " + " | ".join(f"{figure:.4f}" for figure in figures) + " |")
    return "\n".join(lines)


def silence_expected_warnings() -> None:
    """Hide what is known and harmless here, so that anything else stands out."""
    # A repayment status has few values, so some quantile bins of it are empty and merged.
    warnings.filterwarnings("ignore", message="Bins whose width are too small")
    # Two of the readers in MLflow claim a local file; either would do.
    warnings.filterwarnings("ignore", message="The specified dataset source can be interpreted")
    # The tables keep integers; what the model is given are floats.
    warnings.filterwarnings("ignore", message="Hint: Inferred schema contains integer")


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", 1)[0])
    action = parser.add_mutually_exclusive_group(required=True)
    action.add_argument("--output", type=Path, help="folder to write to; it must not hold an mlflow.db yet")
    action.add_argument(
        "--check", action="store_true", help="train again and compare with the recorded metrics"
    )
    arguments = parser.parse_args()
    silence_expected_warnings()
    if arguments.check:
        return check()
    output: Path = arguments.output.resolve()
    if (output / "mlflow.db").exists():
        parser.error("the output folder holds an mlflow.db already; choose an empty one")
    output.mkdir(parents=True, exist_ok=True)
    train_all(output)
    write_card(output)
    compact(output / "mlflow.db")
    return 0


if __name__ == "__main__":
    sys.exit(main())
