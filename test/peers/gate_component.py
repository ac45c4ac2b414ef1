"""Reads a component as pipelines do, compiles a pipeline of it, and prints what the container is started with."""

import json
import sys

import kfp
from kfp import components, dsl

component = components.load_component_from_file(sys.argv[1])


@dsl.pipeline(name="deploy-signed")
def deploy_signed(repository: str, commit: str) -> None:
    model = dsl.importer(artifact_uri="s3://models/1", artifact_class=dsl.Model)
    component(repository=repository, commit=commit, model=model.output)


kfp.compiler.Compiler().compile(deploy_signed, sys.argv[2])
container = component.component_spec.implementation.container
print(json.dumps({"name": component.name, "command": [str(each) for each in container.command]}))
