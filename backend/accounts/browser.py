"""What a request of the staff page says of the browser that it comes from."""

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Request, Response

from backend.accounts.sessions import BROWSER_KNOWN, SHIFT, Cookies
from backend.hall.hall import Hall, TheHall

SESSION_COOKIE = "yinling_staff"
BROWSER_COOKIE = "yinling_browser"
_PROGRAMS = {"Edg": "Edge", "Firefox": "Firefox", "Chrome": "Chrome", "Safari": "Safari"}
_MACHINES = ("Android", "iPhone", "iPad", "Windows", "Mac", "Linux")


@dataclass(frozen=True)
class Browser:
    """`kind` is for people, such as "Chrome, Windows"; `is_secure` when its line is TLS."""

    address: str
    kind: str
    is_secure: bool
    cookies: Cookies

    def keep(self, response: Response, cookies: Cookies) -> None:
        """Out of reach of scripts and other sites."""
        lasting = {SESSION_COOKIE: (cookies.session, SHIFT), BROWSER_COOKIE: (cookies.browser, BROWSER_KNOWN)}
        for name, (value, time) in lasting.items():
            response.set_cookie(
                name,
                value,
                max_age=int(time.total_seconds()),
                httponly=True,
                samesite="strict",
                secure=self.is_secure,
            )


def browser_of(request: Request, hall: TheHall) -> Browser:
    cookies = Cookies(request.cookies.get(SESSION_COOKIE, ""), request.cookies.get(BROWSER_COOKIE, ""))
    return Browser(
        _address(request, hall), _kind(request.headers.get("User-Agent", "")), _is_secure(request, hall), cookies
    )


TheBrowser = Annotated[Browser, Depends(browser_of)]


def _address(request: Request, hall: Hall) -> str:
    """Whom the trusted proxy has seen, which is the last that it adds; of anybody else what they say does not count."""
    seen = ",".join(request.headers.getlist("X-Forwarded-For")).rpartition(",")[2].strip()
    return seen if seen and _is_from_proxy(request, hall) else _peer(request)


def _is_secure(request: Request, hall: Hall) -> bool:
    if _is_from_proxy(request, hall):
        return request.headers.get("X-Forwarded-Proto") == "https"
    return request.url.scheme == "https"


def _is_from_proxy(request: Request, hall: Hall) -> bool:
    return bool(hall.settings.trusted_proxy) and _peer(request) == hall.settings.trusted_proxy


def _peer(request: Request) -> str:
    return request.client.host if request.client else ""


def _kind(user_agent: str) -> str:
    program = next((name for mark, name in _PROGRAMS.items() if mark in user_agent), "?")
    machine = next((name for name in _MACHINES if name in user_agent), "?")
    return f"{program}, {machine}"
