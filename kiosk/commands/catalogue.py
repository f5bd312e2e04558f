"""`kiosk catalogue`: the services on offer, and what could be written better in them."""

import argparse
from typing import Any

from forms import Catalogue, Field, Service, Text
from kiosk.commands import common
from kiosk.texts.wording import remarks


def register(commands: common.Commands) -> None:
    parser = common.declare(
        commands, "catalogue", run, "list the services on offer, after checking their files", "kiosk catalogue --json"
    )
    common.json_option(parser)


def run(options: argparse.Namespace) -> int:
    chosen = common.settings()
    catalogue = common.catalogue(chosen)
    for remark in remarks(common.wording(chosen), catalogue):
        common.warn(remark)
    if options.json:
        common.print_json([_service(catalogue, service) for service in catalogue.services.values()])
    else:
        for service in catalogue.services.values():
            print(f"{service.id}\t{service.title.zh}\t{service.title.en}\t{len(service.steps)} questions")
    return 0


def _service(catalogue: Catalogue, service: Service) -> dict[str, Any]:
    return {
        "id": service.id,
        "version": service.version,
        "kind": service.kind,
        "group": service.group,
        "order": service.order,
        "title": _text(service.title),
        "summary": _text(service.summary),
        "fields": [_field(catalogue, field) for field in service.steps],
        "steps": [field.id for field in service.steps],
        "phrases": service.phrases.model_dump(),
        "prerequisites": [_text(one) for one in service.prerequisites],
    }


def _field(catalogue: Catalogue, field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {
        "id": field.id,
        "type": field.type,
        "tier": field.tier,
        "required": field.required,
        "label": _text(field.label),
        "question": _text(field.question),
        "example": field.example,
    }
    if field.relevant:
        described["relevant"] = field.relevant.model_dump(by_alias=True)
    if choices := catalogue.all_choices(field):
        described["choices"] = [
            {"id": choice.id, "label": _text(choice.label), **({"within": choice.within} if choice.within else {})}
            for choice in choices
        ]
    return described


def _text(text: Text) -> dict[str, str]:
    return {"zh": text.zh, "en": text.en}
