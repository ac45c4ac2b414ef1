"""Reads texts in YAML, given as a JSON list in a file, and prints them as JSON with every value as text, by libyaml, as GitLab does."""

import json
import sys

import yaml

with open(sys.argv[1], encoding="utf-8") as file:
    print(json.dumps([yaml.load(text, yaml.CBaseLoader) for text in json.load(file)]))
