"""What stands before every request of staff: it comes from our page, someone is logged in, and they may do it."""

from dataclasses import dataclass
from typing import Annotated, Any

from fastapi import Depends, HTTPException, Request

from backend.accounts.browser import TheBrowser
from backend.accounts.permissions import Permission
from backend.accounts.sessions import SignedIn, is_known, staff_of
from backend.hall.hall import TheHall


def from_our_page(request: Request) -> None:
    """Another site can make a browser send our cookie's request, but never with a header of its own choosing."""
    if request.method != "GET" and request.headers.get("X-Staff-Page") != "1":
        raise HTTPException(403, "Only the staff page may ask this: send the header X-Staff-Page: 1.")


def signed_in(request: Request, hall: TheHall, browser: TheBrowser) -> SignedIn:
    """Who asks; 401 without a valid cookie."""
    from_our_page(request)
    staff = staff_of(hall, browser.cookies.session)
    if staff is None:
        raise HTTPException(401, "Log in on the staff page first.")
    return staff


def in_known_browser(hall: TheHall, browser: TheBrowser) -> None:
    """401 in a browser in which nobody was ever logged in."""
    if not is_known(hall, browser.cookies.browser):
        raise HTTPException(401, "Log in on the staff page first.")


@dataclass(frozen=True)
class WhoMay:
    """Lets those through whose role has the permission; 403 for the others."""

    permission: Permission

    async def __call__(self, staff: Annotated[SignedIn, Depends(signed_in)]) -> SignedIn:
        if not staff.may(self.permission):
            raise HTTPException(403, "Your role may not do this: ask whoever manages the hall's accounts.")
        return staff


def who_may(permission: Permission) -> Any:
    """The dependency of a route: `staff: Annotated[Staff, who_may(...)]` is who asks."""
    return Depends(WhoMay(permission))
