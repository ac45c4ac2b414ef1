"""Sends each given call again with Kubeflow's own client, which is generated from Kubeflow's description of its interface.

Given the server's address and, as JSON on the standard input, calls of {"method", "path", "query", "body"}; what it does not know is an error.
"""

import json
import re
import sys

from kfp_server_api import ApiClient, Configuration, PipelineServiceApi, RunServiceApi

client = ApiClient(Configuration(host=sys.argv[1]))
client.configuration.api_key["authorization"] = "token"


class Body:
    """What the client's reader of answers takes."""

    def __init__(self, value):
        self.data = json.dumps(value)


for call in json.load(sys.stdin):
    method, path, query = call["method"], call["path"], call["query"]
    if method == "POST" and path.endswith("/runs"):
        run = client.deserialize(Body(call["body"]), "V2beta1Run")
        RunServiceApi(client).run_service_create_run(run, **query)
    elif method == "GET" and path.endswith("/runs"):
        # A filter travels as text, which the client does not look into.
        wanted = json.loads(query["filter"])
        read = client.sanitize_for_serialization(client.deserialize(Body(wanted), "V2beta1Filter"))
        if read != wanted:
            raise SystemExit(f"Kubeflow's client reads {read} of the filter {wanted}")
        RunServiceApi(client).run_service_list_runs(**query)
    elif method == "GET" and (found := re.search(r"/runs/([^/]+)$", path)):
        RunServiceApi(client).run_service_get_run(found[1], **query)
    elif method == "GET" and (found := re.search(r"/pipelines/([^/]+)$", path)):
        PipelineServiceApi(client).pipeline_service_get_pipeline(found[1], **query)
    else:
        raise SystemExit(f"Kubeflow's client has no call {method} {path}")
