"""The OpenAPI document says what the API does."""

from __future__ import annotations

import json
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_openapi3.openapi import APISpec

from digitlens.web import schemas
from digitlens.web.intake import FORM_TYPE, IMAGE_TYPES, JSON_TYPE
from tests.web.test_refusals import REFUSED


@pytest.fixture
def document(client: FlaskClient) -> dict[str, Any]:
    """The document as it is served."""
    answer = client.get("/api/openapi.json")
    assert (answer.status_code, answer.mimetype) == (200, "application/json")
    found: dict[str, Any] = answer.json
    return found


def references(node: Any) -> Iterator[str]:
    """All references in a document."""
    if isinstance(node, dict):
        if "$ref" in node:
            yield node["$ref"]
        for inner in node.values():
            yield from references(inner)
    elif isinstance(node, list):
        for inner in node:
            yield from references(inner)


def test_is_openapi(document: dict[str, Any]) -> None:
    """It is OpenAPI 3.1, of this version, and every reference leads somewhere."""
    assert document["openapi"].startswith("3.1")
    assert document["info"]["version"] == version("digitlens")
    APISpec.model_validate(document)
    for reference in references(document):
        assert reference.removeprefix("#/components/schemas/") in document["components"]["schemas"]


def test_has_no_nulls(document: dict[str, Any]) -> None:
    """Nothing in it is null but a default: OpenAPI leaves out what there is not."""

    def check(node: Any) -> None:
        for name, inner in node.items() if isinstance(node, dict) else enumerate(node):
            assert inner is not None or name == "default"
            if isinstance(inner, dict | list):
                check(inner)

    check(document)


def test_has_every_route(app: Flask, document: dict[str, Any]) -> None:
    """Each route of the API and of its health is in it, with its methods, and no other."""
    routes: dict[str, set[str]] = {
        rule.rule.replace("<", "{").replace(">", "}"): set()
        for rule in app.url_map.iter_rules()
        if rule.endpoint.partition(".")[0]
        in ("api", "corrections", "review_api", "health", "lab_api")
    }
    for rule in app.url_map.iter_rules():
        path = rule.rule.replace("<", "{").replace(">", "}")
        if path in routes:
            routes[path] |= {m.lower() for m in rule.methods or () if m not in ("HEAD", "OPTIONS")}
    assert {path: set(methods) for path, methods in document["paths"].items()} == routes


def test_names_every_content_type(document: dict[str, Any]) -> None:
    """It names what `POST /api/v1/read` takes, and nothing else."""
    taken = document["paths"]["/api/v1/read"]["post"]["requestBody"]["content"]
    assert set(taken) == {*IMAGE_TYPES, FORM_TYPE, JSON_TYPE}


def test_names_every_status(document: dict[str, Any]) -> None:
    """Each status with which a picture is refused is documented, as a problem."""
    responses = document["paths"]["/api/v1/read"]["post"]["responses"]
    for _, status, _ in REFUSED.values():
        content = responses[str(status)]["content"]
        assert content["application/problem+json"]["schema"]["$ref"].endswith("/Problem")


@pytest.mark.parametrize(
    "model", [schemas.ReadAnswer, schemas.Problem, schemas.ModelAnswer, schemas.BatchAnswer]
)
def test_is_made_from_the_models(document: dict[str, Any], model: Any) -> None:
    """The objects in it have the fields of the models that the tests check answers with."""
    described = document["components"]["schemas"][model.__name__]
    assert set(described["properties"]) == set(model.model_fields)


def test_is_the_same_each_time(client: FlaskClient, document: dict[str, Any]) -> None:
    """Asked again, it is the same."""
    assert json.loads(client.get("/api/openapi.json").data) == document
