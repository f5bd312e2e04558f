"""A new service for a county's folder: the commented assets/service-template.yaml under an id of its own."""

from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from forms.catalogue import CatalogueError
from forms.service import ServiceId

_PLACEHOLDER = "NEW_ID"


def is_service_id(text: str) -> bool:
    try:
        TypeAdapter(ServiceId).validate_python(text)
    except ValidationError:
        return False
    return True


def write_template(assets: Path, service_id: str, county: Path) -> Path:
    """Write county/services/ID.yaml and give its path; CatalogueError when there is such a service already."""
    if (assets / "services" / f"{service_id}.yaml").exists():
        raise CatalogueError(f"The kiosk comes with a service {service_id} already: choose another name.")
    path = county / "services" / f"{service_id}.yaml"
    template = (assets / "service-template.yaml").read_text("utf-8")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(template.replace(_PLACEHOLDER, service_id).replace("COUNTY", str(county)))
    except FileExistsError as error:
        raise CatalogueError(f"{path} is there already and was left as it is: choose another name.") from error
    except OSError as error:
        raise CatalogueError(f"{path} cannot be written ({error.strerror}): choose another folder.") from error
    return path
