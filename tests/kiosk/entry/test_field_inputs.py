"""Each kind of field, as it is put in, shown and said."""

from pkgutil import iter_modules

import forms.fields
import kiosk.entry.fields
from forms.field import kinds


def test_every_kind_of_field_is_on_both_sides() -> None:
    ours = {module.name for module in iter_modules(kiosk.entry.fields.__path__)}
    theirs = {module.name for module in iter_modules(forms.fields.__path__)}
    assert ours == theirs == set(kinds())
