"""What a kiosk may ask the hall: one module a query, with its `Inputs` and its `Answer`.

The module's name is the query's: `POST /queries/<name>` with `Inputs` gives `Answer`, and `backend/queries/<name>.py`
answers it.
"""

from pkgutil import iter_modules

NAMES = frozenset(module.name for module in iter_modules(__path__))
