"""How this kiosk gets to its hall: the client, with what it knows the hall by."""

from kiosk.operations.settings import Settings
from offline_cache.hall_client import HallBlocked, HallClient
from offline_cache.trust.hall_tls import HallTrust, of_county


def hall_client(settings: Settings, url: str) -> HallClient:
    """HallBlocked when the address cannot be a hall's, or the setting hall_ca cannot be used."""
    return HallClient(url, trust=_trust(settings))


def _trust(settings: Settings) -> HallTrust | None:
    if not settings.hall_ca:
        return None
    try:
        return of_county(settings.hall_ca)
    except (OSError, ValueError) as error:
        raise HallBlocked(
            f'The setting hall_ca ({settings.hall_ca}) is neither a PEM file of certificates nor "system"; mend it.'
        ) from error
