"""Service definitions and their rules: the one package that kiosk and hall share."""

from kiosk.catalogue.load import Catalogue, CatalogueError, load_catalogue
from kiosk.catalogue.masks import mask
from kiosk.catalogue.schema import Choice, Field, Service, Text
from kiosk.catalogue.validate import Problem, Report, relevant_fields, validate

__all__ = [
    "Catalogue",
    "CatalogueError",
    "Choice",
    "Field",
    "Problem",
    "Report",
    "Service",
    "Text",
    "load_catalogue",
    "mask",
    "relevant_fields",
    "validate",
]
