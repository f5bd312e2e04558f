"""Service definitions and their rules: the one package that kiosk and hall share."""

from forms.load import Catalogue, CatalogueError, load_catalogue
from forms.masks import mask
from forms.schema import Choice, Field, Service, Text
from forms.validate import Problem, Report, relevant_fields, validate

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
