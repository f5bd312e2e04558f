"""The rules of a county that its hall has registered, as kiosks get them: by their hashes, signed (`catalogue`)."""

from typing import Annotated

from pydantic import Field

from protocol.wire import Bytes, Identifier, Sha256Hex, WireAnswer

MAX_RULES = 1000  # of one service


class RegisteredRules(WireAnswer):
    """`rules` has the hashes of each service. `number` grows with each change: milliseconds since 1970, 0 for none."""

    number: Annotated[int, Field(ge=0)]
    rules: dict[Identifier, Annotated[list[Sha256Hex], Field(max_length=MAX_RULES)]]
    signature: Bytes
