"""The numbers that scikit-learn's and SHAP's own plots draw of the same tables, as JSON."""

import json
import os
import sys
import tempfile

os.environ.setdefault("MPLCONFIGDIR", tempfile.mkdtemp(prefix="model-signoff-plots-"))

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np
import shap
import sklearn
from sklearn.calibration import CalibrationDisplay
from sklearn.metrics import ConfusionMatrixDisplay, PrecisionRecallDisplay, RocCurveDisplay

ROWS = 300
BINS = 15


def tables():
    rng = np.random.default_rng(20261128)
    for name, share, digits in [("plain", 0.4, 9), ("ties", 0.5, 1), ("few positives", 0.05, 4)]:
        labels = (rng.random(ROWS) < share).astype(int)
        labels[:2] = [0, 1]
        scores = np.round(1 / (1 + np.exp(-(rng.normal(size=ROWS) + 1.5 * labels))), digits)
        yield name, labels, scores, None
        yield f"{name}, weighted", labels, scores, rng.integers(1, 6, ROWS).astype(float)


def drawn(name, labels, scores, weights):
    whole = {"sample_weight": weights, "drop_intermediate": False}
    roc = RocCurveDisplay.from_predictions(labels, scores, **whole)
    pr = PrecisionRecallDisplay.from_predictions(labels, scores, **whole)
    matrix = ConfusionMatrixDisplay.from_predictions(labels, (scores >= 0.5).astype(int), sample_weight=weights)
    made = {
        "name": name,
        "labels": labels.tolist(),
        "scores": scores.tolist(),
        "weights": None if weights is None else weights.tolist(),
        "roc": {"x": roc.fpr.tolist(), "y": roc.tpr.tolist(), "value": roc.roc_auc},
        "pr": {"x": pr.recall.tolist(), "y": pr.precision.tolist(), "value": pr.average_precision},
        # Not its `prevalence_pos_label`, which leaves out the weights of the curve that it stands beside.
        "base_rate": np.average(labels, weights=weights),
        "confusion": matrix.confusion_matrix.tolist(),
    }
    # It takes no weights.
    if weights is None:
        bins = CalibrationDisplay.from_predictions(labels, scores, n_bins=BINS)
        made["calibration"] = {"predicted": bins.prob_pred.tolist(), "observed": bins.prob_true.tolist()}
    plt.close("all")
    return made


def explained():
    rng = np.random.default_rng(7)
    names = [f"feature {letter}" for letter in "abcdefgh"]
    values = rng.normal(size=(120, len(names))) * np.linspace(0.2, 2, len(names))
    data = rng.normal(size=values.shape)
    explanation = shap.Explanation(values, base_values=np.zeros(len(values)), data=data, feature_names=names)
    swarm = shap.plots.beeswarm(explanation, max_display=len(names), show=False)
    labels = [label.get_text() for label in swarm.get_yticklabels()]
    points = np.concatenate([np.asarray(each.get_offsets()) for each in swarm.collections if len(each.get_offsets())])
    lines = np.rint(points[:, 1]).astype(int)
    beeswarm = [{"name": label, "values": np.sort(points[lines == at, 0]).tolist()} for at, label in enumerate(labels)]
    plt.close("all")
    bars = shap.plots.bar(explanation, max_display=len(names), show=False)
    widths = [patch.get_width() for patch in bars.patches if patch.get_width() > 0][: len(names)]
    plt.close("all")
    return {
        "names": names,
        "values": values.tolist(),
        "data": data.tolist(),
        # From the most important; the lowest line of a plot is line 0.
        "beeswarm": beeswarm[::-1],
        "bars": sorted(widths, reverse=True),
    }


versions = {"scikit-learn": sklearn.__version__, "shap": shap.__version__, "matplotlib": matplotlib.__version__}
json.dump({"peers": versions, "tables": [drawn(*each) for each in tables()], "shap": explained()}, sys.stdout)
