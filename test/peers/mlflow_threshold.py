"""Which of MLflow's own threshold demands fail, of random numbers: JSON for mlflow-threshold.test.ts."""

import json
import logging
import random
import sys

from mlflow.models.evaluation import validation
from mlflow.models.evaluation.validation import MetricThreshold, ModelValidationFailedException

logging.disable(logging.CRITICAL)
random.seed(11)
KEYS = {
    "threshold": "value threshold check failed",
    "min_absolute_change": "minimum absolute change check failed",
    "min_relative_change": "minimum relative change check failed",
}
VALUES = [0.0, 1e-10, 0.9e-10, -1e-10, 0.1, 0.2, 0.3, 0.5, 0.75, 0.8, 0.85, 1.0, 1.1, -1.0, -0.9, -0.8, 5e-324, 1e308]


def number():
    return random.choice(VALUES) if random.random() < 0.7 else random.uniform(-2, 2)


cases = []
while len(cases) < 2000:
    threshold = {}
    if random.random() < 0.5:
        threshold["threshold"] = number()
    if random.random() < 0.5:
        threshold["min_absolute_change"] = abs(number()) or 0.05
    if random.random() < 0.5:
        threshold["min_relative_change"] = random.choice([0.0, 0.05, 0.1, 0.5, 1.0, random.random()])
    if not threshold:
        continue
    greater, own, others = random.random() < 0.5, number(), number()
    failed = []
    try:
        demand = MetricThreshold(greater_is_better=greater, **threshold)
        validation._validate({"metric": demand}, {"metric": own}, {"metric": others})
    except ModelValidationFailedException as error:
        failed = [key for key, sentence in KEYS.items() if sentence in str(error)]
    cases.append({"threshold": threshold, "own": own, "others": others, "greaterIsBetter": greater, "failed": failed})
json.dump(cases, sys.stdout)
