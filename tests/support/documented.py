"""Every answer that the hall gives in a test has to be in its description of itself."""

import re

import httpx
from fastapi import FastAPI
from fastapi.testclient import TestClient

Routes = list[tuple[str, re.Pattern[str], set[str]]]
_ROUTES: Routes = []


def answers_are_documented(client: TestClient) -> None:
    """From now on an answer that is not documented fails the test."""
    assert isinstance(client.app, FastAPI)
    routes = _routes(client.app)

    def check(response: httpx.Response) -> None:
        asked, path = response.request.method, response.request.url.path
        for method, template, statuses in routes:
            if asked == method and template.fullmatch(path):
                assert str(response.status_code) in statuses, f"{asked} {path} answers {response.status_code}"
                return

    client.event_hooks["response"].append(check)


def _routes(app: FastAPI) -> Routes:
    """Worked out once, as all halls have the same."""
    if not _ROUTES:
        _ROUTES.extend(
            (method.upper(), re.compile(re.sub(r"\\\{[^}]*\}", "[^/]+", re.escape(path))), set(operation["responses"]))
            for path, operations in app.openapi()["paths"].items()
            for method, operation in operations.items()
        )
    return _ROUTES
