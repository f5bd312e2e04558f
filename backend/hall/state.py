"""The hall's one row of HallState, and the witness: a file that tells when an older database was put in its place."""

import logging
import os
from pathlib import Path
from typing import NamedTuple
from uuid import UUID, uuid4

from pydantic import BaseModel, ValidationError
from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from backend.foundation.database import Database, without_orm
from backend.hall.tables import HallState

log = logging.getLogger("yinling.hall")
_BYTES = 200  # of the witness
_STATE = without_orm(HallState)
_COUNTED = (_STATE.c.arrivals, _STATE.c.generation, _STATE.c.generations)
_ARRIVE = update(_STATE).values(arrivals=_STATE.c.arrivals + bindparam("count")).returning(*_COUNTED)


class Arrival(NamedTuple):
    """A number for a form. Who has a lower one of the same generation was committed before."""

    number: int
    generation: UUID
    generations: int


def next_arrivals(session: Session, count: int) -> list[Arrival]:
    """Ask before the forms are written: the others that want numbers wait here until this is committed."""
    newest, generation, generations = session.execute(_ARRIVE, {"count": count}).one()
    return [Arrival(number, generation, generations) for number in range(newest - count + 1, newest + 1)]


def state_of(session: Session) -> HallState:
    return session.scalars(select(HallState)).one()


class Witness(BaseModel):
    """How far the database had come when this was written."""

    generation: UUID
    generations: int
    arrivals: int


def witness_file(folder: Path) -> Path:
    return folder / "hall.witness"


def bear_witness(folder: Path, arrival: Arrival) -> None:
    """Forms are committed, the last of them with this number. Should this fail, the next look of
    `notice_older_database` makes up for it."""
    witness = Witness(generation=arrival.generation, generations=arrival.generations, arrivals=arrival.number)
    try:
        _write(witness_file(folder), witness)
    except OSError as error:
        log.error("no witness of the newest form", extra={"fields": {"error": error.strerror}})


def notice_older_database(database: Database, folder: Path) -> bool:
    """Begin another generation when the database is not as far as it was before; True when that was so.

    It is asked at the start and every few seconds, and several processes may ask at once.
    """
    before = _read(witness_file(folder))  # read first: the database only moves on
    with database.read() as session:
        state = state_of(session)
    now = Witness(generation=state.generation, generations=state.generations, arrivals=state.arrivals)
    went_back = before is not None and _is_behind(now, before)
    if went_back:
        with database.write() as session:
            state = state_of(session)
            if state.generation == now.generation:  # else another process was first
                begin_generation(session, before)
            now = Witness(generation=state.generation, generations=state.generations, arrivals=state.arrivals)
    if now != before:
        _write(witness_file(folder), now)
    return went_back


def begin_generation(session: Session, before: Witness | None) -> None:
    """Kiosks will offer all forms again that they still have, and no form counts as held by a backup."""
    state = state_of(session)
    state.generation, state.safe_arrival = uuid4(), 0
    state.generations = max(state.generations, before.generations if before else 0) + 1


def witness_of(folder: Path) -> Witness | None:
    """None where no hall has run yet."""
    return _read(witness_file(folder))


def _is_behind(now: Witness, before: Witness) -> bool:
    if now.generations == before.generations:
        return now.generation != before.generation or now.arrivals < before.arrivals
    return now.generations < before.generations


def _read(path: Path) -> Witness | None:
    try:
        return Witness.model_validate_json(path.read_bytes())
    except (FileNotFoundError, ValidationError):  # a damaged one witnesses nothing, and is written anew
        return None


def _write(path: Path, witness: Witness) -> None:
    """In place and at once, as forms wait for this; the length stays the same, so nothing of before is left."""
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o600)
    try:
        os.pwrite(file, witness.model_dump_json().ljust(_BYTES).encode(), 0)
    finally:
        os.close(file)
