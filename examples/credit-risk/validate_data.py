"""Let Great Expectations look at the holdout table, and keep what it says.

The result file is evidence for the sign-off like any other: the policy's
`report` check reads it. Run it with its own environment, since the tool has
many dependencies that training doesn't need:

    python3 -m venv .venv-data && . .venv-data/bin/activate
    pip install great_expectations==1.24.1 pyarrow==26.0.1
    python validate_data.py
"""

from __future__ import annotations

import json
from pathlib import Path

import great_expectations as gx
import pandas as pd
from great_expectations import expectations as expect

HERE = Path(__file__).resolve().parent
RUN = "8e41bd03058249b1bd45d223364e6771"  # the newest run; both runs are judged on the same clients
TABLE = HERE / "mlruns" / "1" / RUN / "artifacts" / "eval" / "predictions.parquet"
OUTPUT = HERE / "data" / "holdout_validation.json"

STATUSES = [f"repay_status_{month}" for month in range(1, 7)]
AMOUNTS = ["credit_limit", "paid_1", "paid_2", "paid_3"]


def expectations() -> list[expect.Expectation]:
    """What must hold of the table before any metric on it means something."""
    return [
        expect.ExpectTableRowCountToEqual(value=7500),
        expect.ExpectColumnValuesToBeUnique(column="client_id"),
        expect.ExpectColumnValuesToBeInSet(column="defaulted", value_set=[0, 1]),
        expect.ExpectColumnValuesToBeInSet(column="predicted", value_set=[0, 1]),
        expect.ExpectColumnValuesToBeInSet(column="sex", value_set=["female", "male"]),
        expect.ExpectColumnValuesToBeBetween(column="p_default", min_value=0, max_value=1),
        expect.ExpectColumnValuesToBeBetween(column="age", min_value=18, max_value=100),
        expect.ExpectColumnMeanToBeBetween(column="defaulted", min_value=0.15, max_value=0.30),
        *(expect.ExpectColumnValuesToBeBetween(column=name, min_value=-2, max_value=9) for name in STATUSES),
        *(expect.ExpectColumnValuesToBeBetween(column=name, min_value=0) for name in AMOUNTS),
        *(expect.ExpectColumnValuesToNotBeNull(column=name) for name in ["client_id", "age", *STATUSES, *AMOUNTS]),
    ]


def main() -> None:
    context = gx.get_context(mode="ephemeral")
    asset = context.data_sources.add_pandas("credit_risk").add_dataframe_asset("holdout")
    batch = asset.add_batch_definition_whole_dataframe("whole")
    suite = context.suites.add(gx.ExpectationSuite(name="holdout", expectations=expectations()))
    definition = gx.ValidationDefinition(name="holdout", data=batch, suite=suite)
    validation = context.validation_definitions.add(definition)
    result = validation.run(batch_parameters={"dataframe": pd.read_parquet(TABLE)}, result_format="BASIC")
    OUTPUT.write_text(json.dumps(result.to_json_dict(), indent=1) + "\n", encoding="utf-8")
    counts = result.statistics
    print(f"{counts['successful_expectations']} of {counts['evaluated_expectations']} expectations hold")


if __name__ == "__main__":
    main()
