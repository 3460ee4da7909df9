"""The room's JSON is described by OpenAPI, and answers as it is described."""

import json
from urllib.parse import quote

import httpx
import pytest
from jsonschema import Draft202012Validator
from openapi_spec_validator import validate

ASKED = {"side-by-side": {"r": ["A", "F"]}, "variants": {"r": "A"}, "source": {"name": "Maeve Tolan"}}


@pytest.fixture(scope="module")
def client(room):
    with httpx.Client(base_url=room, timeout=120) as opened:
        yield opened


@pytest.fixture(scope="module")
def described(client):
    return client.get("/openapi.json").json()


@pytest.fixture(scope="module")
def parts(client):
    story = next(s["id"] for s in client.get("/v1/stories.json").json()["stories"] if s["reports"] == 6)
    first = {n: client.get(f"/v1/story/{story}/{n}.json").json()[n]["rows"][0]["id"] for n in ("findings", "claims")}
    return {"story": story, "report": "A", "finding": first["findings"], "claim": first["claims"]}


def paths(described, parts):
    for path, there in described["paths"].items():
        name = path.removesuffix(".json").rsplit("/", 1)[-1]
        yield path.format(**{k: quote(v) for k, v in parts.items()}), ASKED.get(name, {}), there["get"]


def test_the_description_is_openapi_and_names_each_address_once(described):
    validate(described)
    assert described["openapi"] == "3.1.0"
    names = [there["get"]["operationId"] for there in described["paths"].values()]
    assert len(names) == len(set(names)) == 17


def test_each_described_address_answers_with_the_described_keys(client, described, parts):
    for path, asked, there in paths(described, parts):
        answer = client.get(f"/v1{path}", params=asked)
        assert answer.status_code == 200, path
        schema = there["responses"]["200"]["content"]["application/json"]["schema"]
        Draft202012Validator(schema).validate(answer.json())
        assert set(answer.json()) == set(schema["properties"]), path
        if path != "/add.json":
            assert client.get(path, params=asked).json() == answer.json()


def test_what_is_not_there_is_a_sentence(client, described):
    answer = client.get("/v1/story/nosuchstory.json")
    assert answer.status_code == 404
    Draft202012Validator(described["components"]["schemas"]["Error"]).validate(answer.json())
    assert "No story" in json.dumps(answer.json())
    assert client.get("/v1/nothing.json").status_code == 404
