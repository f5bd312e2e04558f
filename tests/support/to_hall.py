"""A hall in this process, for a kiosk that speaks HTTP."""

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import format_datetime
from io import BytesIO

import requests
from fastapi.testclient import TestClient
from requests.adapters import BaseAdapter
from urllib3 import HTTPResponse

URL = "http://127.0.0.1:8300"


class ToHall(BaseAdapter):
    """Leads the kiosk's requests to a hall in this process, whose `clock` dates the answers."""

    def __init__(self, hall: TestClient, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        super().__init__()
        self._hall, self._clock = hall, clock

    def send(self, request: requests.PreparedRequest, **_: object) -> requests.Response:
        as_sent = {"content": request.body, "headers": request.headers, "auth": None}
        answer = self._hall.request(request.method, request.path_url, **as_sent)
        response = requests.Response()
        response.status_code, response.request = answer.status_code, request
        response.headers.update({**answer.headers, "Date": format_datetime(self._clock(), usegmt=True)})
        response.raw = HTTPResponse(BytesIO(answer.content), status=answer.status_code, preload_content=False)
        return response

    def close(self) -> None: ...
