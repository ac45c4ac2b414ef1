"""What NumPy, SHAP, SciPy and LIME make of generated arrays, models and rankings; printed as JSON."""

from __future__ import annotations

import base64
import io
import json
import math
import warnings

import lime
import numpy as np
import scipy
import scipy.stats
import shap
import sklearn
from lime.lime_tabular import LimeTabularExplainer
from sklearn.ensemble import GradientBoostingClassifier, RandomForestRegressor
from sklearn.linear_model import LinearRegression, LogisticRegression

DTYPES = ["<f2", "<f4", "<f8", ">f4", ">f8", "i1", "<i2", ">i4", "<i8", "u1", "<u2", ">u4", "<u8", "?"]
WORDS = ["age", "größe", "收入", "🙂 smile", "", "a b", "x" * 40]
NAMES = ["age", "income (k€)", "a < b", "x<=3", "debt", "sex=male?", "bmi 2", "größe"]


def packed(save, **arrays) -> str:
    buffer = io.BytesIO()
    save(buffer, **arrays)
    return base64.b64encode(buffer.getvalue()).decode()


def plain(values) -> list:
    return [value if isinstance(value, str) or math.isfinite(value) else str(value) for value in values]


def array_cases(draw) -> list:
    cases = []
    for index in range(120):
        shape = tuple(draw.integers(0 if index % 10 == 0 else 1, 5, size=draw.integers(0, 5)))
        if index % 6 == 5:
            array = draw.choice(WORDS, size=shape) if shape else np.array(WORDS[index % len(WORDS)])
            array = array.astype(">U40") if index % 12 == 11 else array
        else:
            dtype = np.dtype(DTYPES[index % len(DTYPES)])
            raw = draw.normal(scale=50, size=shape)
            array = (np.abs(raw) if dtype.kind == "u" else raw).astype(dtype)
            if dtype.kind == "f" and array.size > 2:
                array.flat[0], array.flat[1] = np.nan, -np.inf
        array = np.asfortranarray(array) if index % 2 else array
        read = np.load(io.BytesIO(base64.b64decode(packed(np.savez, a=array))))["a"]
        values = read.ravel(order="C").tolist() if read.dtype.kind == "U" else plain(read.astype(float).ravel(order="C").tolist())
        save = np.savez_compressed if index % 3 else np.savez
        cases.append({"npz": packed(save, a=array), "shape": list(read.shape), "values": values})
    return cases


def shap_cases(draw) -> list:
    cases = []
    for index in range(60):
        features = int(draw.integers(2, 7))
        table = draw.normal(size=(int(draw.integers(20, 50)), features))
        score = table @ draw.normal(size=features) + draw.normal(size=len(table))
        kind = index % 4
        if kind == 0:
            model = LinearRegression().fit(table, score)
            explanation, target, link = shap.LinearExplainer(model, table)(table), model.predict(table), "identity"
        elif kind == 1:
            model = RandomForestRegressor(n_estimators=5, random_state=index).fit(table, score)
            explanation, target, link = shap.TreeExplainer(model)(table), model.predict(table), "identity"
        elif kind == 2:
            model = LogisticRegression().fit(table, score > np.median(score))
            explanation, target, link = shap.LinearExplainer(model, table)(table), model.predict_proba(table)[:, 1], "logit"
        else:
            model = GradientBoostingClassifier(n_estimators=5, random_state=index).fit(table, score > np.median(score))
            explanation, target, link = shap.TreeExplainer(model)(table), model.predict_proba(table)[:, 1], "logit"
        values, base = explanation.values, np.broadcast_to(np.ravel(explanation.base_values), (len(table),))
        if index % 5 == 0:
            target = np.clip(target * (1 + 1e-3 * draw.normal(size=len(target))), 1e-3, None if link == "identity" else 0.999)
        linked = scipy.special.logit(target) if link == "logit" else target
        error = np.max(np.abs(base + values.sum(axis=1) - linked) / np.maximum(1, np.abs(linked)))
        importance = np.abs(values).mean(axis=0)
        saved = {"values": values, "base_values": explanation.base_values, "predictions": target}
        cases.append(
            {
                "npz": packed(np.savez_compressed, **saved, feature_names=np.array([f"f{at}" for at in range(features)])),
                "link": link,
                "error": float(error),
                "importance": importance.tolist(),
                "top_share": float(importance.max() / importance.sum()),
            }
        )
    return cases


def spearman_cases(draw) -> list:
    cases = []
    for index in range(100):
        size = int(draw.integers(2, 40))
        decimals = 1 if index % 3 == 0 else 9
        a, b = np.round(draw.normal(size=size), decimals), np.round(draw.normal(size=size), decimals)
        if index % 10 == 0:
            b = a.copy()
        if index % 17 == 0:
            b = np.zeros(size)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            rho = float(scipy.stats.spearmanr(a, b).statistic)
        cases.append({"a": a.tolist(), "b": b.tolist(), "rho": rho if math.isfinite(rho) else None})
    return cases


def percentile_cases(draw) -> list:
    cases = []
    for index in range(60):
        values = np.round(draw.lognormal(size=int(draw.integers(1, 300))), 1 if index % 2 else 9)
        percents = [0, 50, 75, 90, 95, 99, 99.9, 100]
        cases.append({"values": values.tolist(), "percents": percents, "expected": np.percentile(values, percents).tolist()})
    return cases


def lime_cases(draw) -> list:
    table = np.column_stack([draw.normal(size=80) * 10.0 ** (at - 2) for at in range(len(NAMES))])
    table[:, 5] = draw.integers(0, 3, size=80)
    model = LogisticRegression(max_iter=2000).fit(table, table[:, 0] > 0)
    explainer = LimeTabularExplainer(
        table, feature_names=NAMES, categorical_features=[5], categorical_names={5: ["a", "b=c", "d <= e"]}, random_state=3
    )
    cases = []
    for row in table[:15]:
        found = explainer.explain_instance(row, model.predict_proba, num_features=len(NAMES), num_samples=200)
        for (condition, weight), (feature, again) in zip(found.as_list(), found.as_map()[1], strict=True):
            assert weight == again
            cases.append({"condition": condition, "feature": NAMES[feature]})
    return cases


def main() -> None:
    draw = np.random.default_rng(11)
    peers = {package.__name__: getattr(package, "__version__", "") for package in (np, scipy, shap, sklearn)}
    result = {
        "peers": peers,
        "names": NAMES,
        "arrays": array_cases(draw),
        "shap": shap_cases(draw),
        "spearman": spearman_cases(draw),
        "percentiles": percentile_cases(draw),
        "lime": lime_cases(draw),
    }
    assert lime
    print(json.dumps(result))


if __name__ == "__main__":
    main()
