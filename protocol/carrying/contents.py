"""What is in a bundle: forms and work orders from a kiosk, receipts from its hall."""

from typing import Annotated
from uuid import UUID

from pydantic import ConfigDict, Field

from protocol.wire import MAX_DEFINITION, Sha256Hex, Submission, SubmissionReceipt, WireAnswer, WireRequest
from protocol.work_orders.order import WorkOrderRequest


class CarriedForm(WireRequest):
    submission: UUID
    body: Submission


class CarriedOrder(WireRequest):
    order: UUID
    body: WorkOrderRequest


class CarriedForms(WireRequest):
    """Forms, oldest first, as they would be sent, with the documents that they were filled in by; behind them what
    people could not get done.

    A kiosk gone mad may write sixty megabytes of nonsense: each list ends at the first mistake, as a thousand bytes are
    kept of every one, and of what is unknown here nothing is said.
    """

    model_config = ConfigDict(extra="ignore")

    forms: Annotated[list[CarriedForm], Field(max_length=200_000, fail_fast=True)]
    definitions: Annotated[
        list[Annotated[str, Field(max_length=MAX_DEFINITION)]], Field(max_length=20_000, fail_fast=True)
    ]
    orders: Annotated[list[CarriedOrder], Field(max_length=20_000, fail_fast=True)]


class CarriedReceipt(WireAnswer):
    """What the hall said to the form with this `body_hash`: a receipt, or why it is `refused`."""

    submission: UUID
    body_hash: Sha256Hex
    receipt: SubmissionReceipt | None = None
    refused: str = ""


class CarriedOrderReceipt(WireAnswer):
    """The hall has the work order with this `body_hash`, or it says why that is `refused`."""

    order: UUID
    body_hash: Sha256Hex
    refused: str = ""


class CarriedReceipts(WireAnswer):
    """`generation` is the hall's, and `generations` counts them: it only grows, whatever the hall's clock says.

    Of this generation, forms up to number `safe_arrival` are in a backup.
    """

    generation: UUID
    generations: int
    safe_arrival: int
    receipts: list[CarriedReceipt]
    orders: list[CarriedOrderReceipt]


def sealing_context_of(kiosk: UUID, number: int) -> bytes:
    """What binds sealed content to its label."""
    return f"yinling carried forms 1\n{kiosk}\n{number}".encode()
