"""The provider that a hall's settings name."""

from backend.foundation.settings import Settings
from backend.providers.cached import CachedProvider
from backend.providers.provider import NoProvider, Provider


def provider_of(settings: Settings) -> Provider:
    """One for the whole process, as it remembers what was just answered."""
    if not settings.provider_url:
        return NoProvider()
    from backend.providers.over_http import ProviderOverHttp  # a hall that asks nobody needs no HTTP client

    return CachedProvider(ProviderOverHttp(settings.provider_url, settings.provider_token, settings.provider_ca))
