"""Why a model scored as it did: SHAP values for many rows, LIME for a few.

Both are written as plain arrays and plain JSON, so that they can be read
without Python and without trusting a pickle.
"""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import numpy as np
import pandas as pd
import shap
from lime.lime_tabular import LimeTabularExplainer
from sklearn.base import ClassifierMixin
from sklearn.pipeline import Pipeline

from credit_data import FEATURES, KEY, inputs

SHAP_ROWS = 500
LIME_ROWS = 20


def write_shap(model: ClassifierMixin, training: pd.DataFrame, holdout: pd.DataFrame, path: Path) -> None:
    """Explain the first holdout rows on the log-odds scale, where the parts add up.

    ``link_predictions`` is the model's own output on that scale: with
    ``base_values + values.sum(axis=1)`` it shows whether the explanation is
    one of this model. Names are fixed-length text, never Python objects.
    """
    rows = holdout.head(SHAP_ROWS)
    explain = _explain_scorecard if isinstance(model, Pipeline) else _explain_trees
    values, base_values = explain(model, inputs(training), inputs(rows))
    np.savez_compressed(
        path,
        values=values,
        base_values=base_values,
        data=inputs(rows).to_numpy(),
        feature_names=np.array(FEATURES),
        link_predictions=model.decision_function(inputs(rows)),
        **{KEY: rows[KEY].to_numpy(dtype="int64")},
    )


def _explain_trees(
    model: ClassifierMixin, _training: pd.DataFrame, rows: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    explanation = shap.TreeExplainer(model)(rows)
    return explanation.values, explanation.base_values


def _explain_scorecard(
    model: Pipeline, training: pd.DataFrame, rows: pd.DataFrame
) -> tuple[np.ndarray, np.ndarray]:
    """Explain the linear model over bins, then add up each feature's bins.

    A client is in one bin of each feature, so a single bin's value means
    nothing by itself; the sum over a feature's bins is what the feature did.
    """
    bins, linear = model[0], model[-1]
    explanation = shap.LinearExplainer(linear, bins.transform(training))(bins.transform(rows))
    edges = np.cumsum([0, *bins.n_bins_])
    values = np.add.reduceat(explanation.values, edges[:-1], axis=1)
    return values, explanation.base_values


def write_lime(
    model: ClassifierMixin, training: pd.DataFrame, holdout: pd.DataFrame, path: Path, seed: int
) -> None:
    """Explain a few clients by a local surrogate, and say how well it fits (``score`` is its R²)."""
    explainer = LimeTabularExplainer(
        inputs(training).to_numpy(),
        feature_names=FEATURES,
        class_names=["repaid", "defaulted"],
        random_state=seed,
    )
    with warnings.catch_warnings():
        # LIME hands over bare arrays; the column order is the one fitted with.
        warnings.filterwarnings("ignore", message="X does not have valid feature names")
        explanations = [
            _explain_client(explainer, model, row) for _, row in holdout.head(LIME_ROWS).iterrows()
        ]
    document = {"method": "lime", "mode": "classification", "class": 1, "explanations": explanations}
    path.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")


def _explain_client(
    explainer: LimeTabularExplainer, model: ClassifierMixin, row: pd.Series
) -> dict[str, object]:
    client = row[FEATURES].to_numpy(dtype="float64")
    explanation = explainer.explain_instance(
        client, model.predict_proba, labels=(1,), num_features=6, num_samples=2000
    )
    return {
        KEY: int(row[KEY]),
        "as_list": [[condition, float(weight)] for condition, weight in explanation.as_list(label=1)],
        "as_map": {"1": [[int(index), float(weight)] for index, weight in explanation.as_map()[1]]},
        "intercept": float(explanation.intercept[1]),
        "local_pred": float(explanation.local_pred[0]),
        "p_default": float(explanation.predict_proba[1]),
        "score": float(explanation.score),
    }
