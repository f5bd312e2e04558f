"""`kiosk catalogue`: the services on offer, and what could be written better in them; beginning one of one's own."""

import argparse
import gc
from dataclasses import asdict
from pathlib import Path
from typing import Any

from forms import Catalogue, CatalogueError, Field, Service
from forms.home.events import LifeEvent
from forms.reference.schema import FILES, schema
from forms.reference.template import is_service_id, write_template
from forms.repeats import Repeat
from forms.service import Outcome
from kiosk.commands import common
from kiosk.operations.registered import register_of
from kiosk.operations.settings import Settings
from kiosk.texts.wording import remarks


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands, "catalogue", run, "list the services on offer, after checking their files", "kiosk catalogue --json"
    )
    common.json_option(parser)
    common.county_option(parser)
    parser.add_argument(
        "--check", type=Path, metavar="DIR", help="name every mistake of a county's folder, each with file and line"
    )
    parser.add_argument("--events", action="store_true", help="list the life events instead, each with its services")
    parser.set_defaults(also=())
    parser.add_argument(
        "--new", type=_service_id, metavar="ID", help="write a commented service of this name into the folder --out"
    )
    parser.add_argument("--out", type=Path, metavar="DIR", help="the county's folder that the new service goes into")
    parser.add_argument(
        "--schema",
        nargs="?",
        const="service",
        choices=FILES,
        help="print the JSON Schema of a file, for editors: service (default), or one of the others",
    )


def run(options: argparse.Namespace) -> int:
    if options.schema:
        common.print_json(schema(options.schema))
        return 0
    chosen = common.settings(options)
    if options.new:
        return _begin(chosen.assets, options.new, options.out)
    if options.check:
        return _check(chosen, options)
    catalogue = common.catalogue(chosen)
    for remark in remarks(common.wording(chosen), catalogue):
        common.warn(remark)
    if options.events:
        _list_events(catalogue, as_json=options.json)
    elif options.json:
        common.print_json([_service(catalogue, service) for service in catalogue.services.values()])
    else:
        for service in catalogue.services.values():
            print(f"{service.id}\t{service.title.zh}\t{service.title.en}\t{len(service.fields)} questions")
    return 0


def _list_events(catalogue: Catalogue, *, as_json: bool) -> None:
    if as_json:
        common.print_json([_event(event) for event in catalogue.events.values()])
        return
    for event in catalogue.events.values():
        services = ", ".join(one.service for one in event.services)
        print(f"{event.id}\t{event.title.zh}\t{event.title.en}\t{services}")


def _check(chosen: Settings, options: argparse.Namespace) -> int:
    gc.disable()  # what is read stays until the end, and would be searched for garbage again and again
    from kiosk.checks.county import county_mistakes, unregistered  # no other use should wait for pypinyin

    try:
        mistakes = county_mistakes(chosen.assets, options.check, options.also)
        for note in unregistered(chosen.assets, options.check, register_of(chosen.data), mistakes):
            common.warn(str(note))
    except CatalogueError as error:
        raise common.CommandError(str(error)) from error
    finally:
        gc.enable()
    if options.json:
        common.print_json({"problems": [asdict(mistake) for mistake in mistakes]})
    else:
        for mistake in mistakes:
            print(mistake)
        print(f"{options.check}: " + (f"{len(mistakes)} to mend" if mistakes else "no mistakes"))
    return 1 if mistakes else 0


def _begin(assets: Path, service_id: str, county: Path | None) -> int:
    if county is None:
        raise common.CommandError("Say where the new service goes: add --out and the county's folder.", status=2)
    try:
        path = write_template(assets, service_id, county)
    except CatalogueError as error:
        raise common.CommandError(str(error)) from error
    print(f"{path} is there. Change it, then look at it: kiosk catalogue --check {county}")
    return 0


def _service_id(text: str) -> str:
    """For argparse: a name that a service may have."""
    if not is_service_id(text):
        raise argparse.ArgumentTypeError(
            f"{text!r} is no name of a service: use small letters, digits and -, beginning with a letter, at most 40, "
            "such as taxi-voucher"
        )
    return text


def _service(catalogue: Catalogue, service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        "version": service.version,
        "kind": service.kind,
        "source": catalogue.source(service.id),
        "events": [
            event.id for event in catalogue.events.values() if service.id in [one.service for one in event.services]
        ],
        "group": service.group,
        "order": service.order,
        "title": common.in_json(service.title),
        "summary": common.in_json(service.summary),
        "fields": [_field(catalogue, field) for field in service.fields],
        "steps": [step.id for step in service.steps],
        "repeats": [_repeat(repeat) for repeat in service.repeats.values()],
        "phrases": service.phrases.model_dump(),
        "prerequisites": [common.in_json(one) for one in service.prerequisites],
        "next": common.in_json(service.next),
        "outcomes": [_outcome(outcome) for outcome in service.outcomes],
    }


def _event(event: LifeEvent) -> dict[str, Any]:
    return {
        "id": event.id,
        "group": event.group,
        "order": event.order,
        "title": common.in_json(event.title),
        "line": common.in_json(event.line),
        "phrases": event.phrases.model_dump(),
        "services": [
            {
                "service": one.service,
                "detail": common.in_json(one.detail),
                "eligible": one.eligible.model_dump(by_alias=True, mode="json") if one.eligible else None,
            }
            for one in event.services
        ],
    }


def _outcome(outcome: Outcome) -> dict[str, Any]:
    return {
        "relevant": outcome.relevant.model_dump(by_alias=True, mode="json"),
        "next": common.in_json(outcome.next),
        "papers": [common.in_json(one) for one in outcome.papers],
    }


def _repeat(repeat: Repeat) -> dict[str, Any]:
    """Its fields are listed with the others as they are asked of the first member: `members.1.name`."""
    return {
        "id": repeat.id,
        "label": common.in_json(repeat.label),
        "min": repeat.min,
        "max": repeat.max,
        "steps": [field.id for field in repeat.steps],
    }


def _field(catalogue: Catalogue, field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": field.id,
        "type": field.type,
        "tier": field.tier,
        "required": field.required,
        "label": common.in_json(field.label),
        "question": common.in_json(field.question),
        "example": field.example,
    }
    if field.relevant:
        described["relevant"] = field.relevant.model_dump(by_alias=True)
    if choices := catalogue.all_choices(field):
        described["choices"] = [
            {
                "id": choice.id,
                "label": common.in_json(choice.label),
                **({"within": choice.within} if choice.within else {}),
            }
            for choice in choices
        ]
    return described
