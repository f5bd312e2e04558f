"""How this kiosk gets to its hall: the client, with what it knows the hall by and who it is there."""

from kiosk.operations.settings import Settings
from offline_cache.hall_client import HallBlocked, HallClient
from offline_cache.trust.hall_tls import HallTrust, of_county, unchecked
from offline_cache.trust.identity_file import IdentityError, IdentityFile

NOWHERE = "http://127.0.0.1:9"  # nobody answers there, as when the line is down


def hall_address(settings: Settings, given: str | None = None) -> str:
    """The address that was given, else set, else that of the hall where this kiosk is enrolled; "" for its own hall.

    Where the file that says so cannot be read, nobody is asked: another hall must not take this one's place.
    """
    if given or settings.hall:
        return given or settings.hall
    try:
        identity = IdentityFile(settings.identity_file).read()
    except IdentityError:
        return NOWHERE
    return identity.hall if identity else ""


def hall_client(settings: Settings, url: str) -> HallClient:
    """HallBlocked when the address cannot be a hall's, or the setting hall_ca cannot be used."""
    return HallClient(url, trust=_of_county(settings), identity=IdentityFile(settings.identity_file))


def client_to_enrol(settings: Settings, url: str) -> HallClient:
    """For the one exchange in which the code, and not the line, tells whether it is the hall. HallBlocked."""
    return HallClient(url, trust=_of_county(settings) or unchecked())


def _of_county(settings: Settings) -> HallTrust | None:
    if not settings.hall_ca:
        return None
    try:
        return of_county(settings.hall_ca)
    except (OSError, ValueError) as error:
        raise HallBlocked(
            f'The setting hall_ca ({settings.hall_ca}) is neither a PEM file of certificates nor "system"; mend it.'
        ) from error
