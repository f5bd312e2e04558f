"""`hall audit verify` and `hall audit show`: whether the chain is whole, and what is in it."""

import argparse
import json
import sys
from typing import TYPE_CHECKING

from backend.audit.log import entries
from backend.audit.verify import verify
from backend.foundation.command_line import common_options
from backend.foundation.settings import Settings
from backend.hall.hall import open_hall
from protocol.chain import Record

if TYPE_CHECKING:
    from backend.foundation.command_line import Commands


def register(commands: "Commands") -> None:
    audit = commands.add_parser(
        "audit",
        help="who looked at what and who changed what",
        description="Who looked at what and who changed what: a chain of records in which no change goes unseen.",
        epilog="example: hall audit verify",
    )
    acts = audit.add_subparsers(dest="act", required=True, metavar="ACT")
    verifying = acts.add_parser(
        "verify",
        help="is every record as it was written?",
        description="Check every record, and the end of the chain against what kiosks have seen of it. Exit 1 and the "
        "first bad record in one sentence when something was changed or cut off.",
        epilog="example: hall audit verify --json",
    )
    common_options(verifying, 'print {"ok", "records", "first_bad": {"sequence", "why"}, "restores"} as JSON')
    verifying.set_defaults(run=_verify)
    showing = acts.add_parser(
        "show",
        help="print the records, oldest first",
        description="Print the records, oldest first: when, who, what, of what.",
        epilog="example: hall audit show --json",
    )
    common_options(showing, "print one JSON object a line")
    showing.set_defaults(run=_show)


def _verify(settings: Settings, options: argparse.Namespace) -> int:
    verdict = verify(open_hall(settings))
    bad = verdict.first_bad
    if options.json:
        first_bad = {"sequence": bad.sequence, "why": bad.why} if bad else None
        told = {"ok": bad is None, "records": verdict.records, "first_bad": first_bad, "restores": verdict.restores}
        print(json.dumps(told, ensure_ascii=False))
    elif bad is None:
        print(f"All {verdict.records} records are as they were written.")
        if verdict.restores:
            print(f"Older databases put in its place: {verdict.restores}. What came after their backup is gone.")
    if bad:
        print(f"{bad.why[:-1]}; have an engineer look at the database before the hall goes on.", file=sys.stderr)
    return 1 if bad else 0


def _show(settings: Settings, options: argparse.Namespace) -> int:
    with open_hall(settings).database.read() as session:
        for one in entries(session):
            if options.json:
                print(json.dumps({"sequence": one.sequence, **one.record, "hash": one.hash}, ensure_ascii=False))
            else:
                print(f"{one.sequence}  {_in_words(one.record)}")
    return 0


def _in_words(record: Record) -> str:
    if not record:
        return "(cannot be read)"
    told = " ".join(filter(None, (record[name] for name in ("action", "subject", "detail"))))
    return f"{record['at'][:19]}Z  {record['who']}  {told}"
