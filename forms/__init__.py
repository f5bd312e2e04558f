"""Service definitions and their rules: the one package that kiosk and hall share."""

from forms.catalogue import Catalogue, CatalogueError
from forms.field import Choice, Field
from forms.load import load_catalogue
from forms.service import Service
from forms.shown.masks import mask
from forms.texts import Text
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
