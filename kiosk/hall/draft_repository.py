"""Where drafts wait for their visitors."""

from typing import Protocol

from forms.definition import Definition
from kiosk.state.draft import Draft
from kiosk.state.slip import Slip


class DraftRepository(Protocol):
    """Each call takes well below a second."""

    def save(self, draft: Draft, *definitions: Definition) -> Slip:
        """Keep a draft with the definitions of its forms, instead of an earlier one of the same. CannotKeep."""

    def by_key(self, key: bytes) -> Draft:
        """The draft of a slip's QR code. SlipError."""

    def by_code(self, code: str) -> Draft:
        """The draft of a slip's digits. SlipError, also when there were too many wrong ones just before."""

    def drop(self, form: str) -> None:
        """What has this name (Draft.name) was sent: its draft is gone."""
