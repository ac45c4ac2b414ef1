"""What readers of others make of our reports: JUnit by Jenkins' schema and junitparser, SARIF by sarif-pydantic, the
verification summary by in-toto's own protocol buffers, Markdown by markdown-it."""
import io
import json
import sys

import xmlschema
from google.protobuf import json_format
from in_toto_attestation.predicates.vsa.v1 import vsa_pb2
from in_toto_attestation.v1 import statement_pb2
from junitparser import JUnitXml
from markdown_it import MarkdownIt
from sarif_pydantic import Sarif

asked = json.load(sys.stdin)
schema = xmlschema.XMLSchema(asked["junit_schema"])


def junit(text):
    schema.validate(io.StringIO(text))
    suites = JUnitXml.fromstring(text.encode())
    return {"tests": suites.tests, "failures": suites.failures, "errors": suites.errors}


def sarif(text):
    log = json.loads(text)
    run = Sarif.model_validate(log).runs[0]
    rules = [rule.id for rule in run.tool.driver.rules]
    return [
        {
            "level": result.level.value,
            "rule": rules[result.rule_index],
            "line": result.locations[0].physical_location.region.start_line,
            # It knows no suppressions.
            "suppressed": "suppressions" in plain,
        }
        for result, plain in zip(run.results, log["runs"][0]["results"])
    ]


def summary(text):
    statement = json_format.Parse(text, statement_pb2.Statement())
    plain = json_format.MessageToDict(statement.predicate)
    # Both are newer than its protocol buffer, which knows one level where the specification has a list.
    del plain["verifier"]["version"]
    plain["verifiedLevels"] = plain["verifiedLevels"][0]
    predicate = json_format.ParseDict(plain, vsa_pb2.VerificationSummary())
    return {
        "type": statement.predicate_type,
        "subjects": {subject.name: subject.digest["sha256"] for subject in statement.subject},
        "result": predicate.verification_result,
        "resource": predicate.resource_uri,
        "level": predicate.verified_levels,
        "inputs": len(predicate.input_attestations),
    }


def markdown(text):
    return MarkdownIt("gfm-like", {"linkify": False}).render(text)


json.dump(
    {
        "junit": [junit(text) for text in asked["junit"]],
        "sarif": [sarif(text) for text in asked["sarif"]],
        "summary": summary(asked["summary"]),
        "markdown": [markdown(text) for text in asked["markdown"]],
    },
    sys.stdout,
)
