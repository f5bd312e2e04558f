"""What kiosks may ask: one module a query, named as in protocol.queries, whose `answer` is the route's function.

One that has a data file of the county's also has `read(assets)`, which the hall calls before it serves.
"""

from protocol.queries import NAMES as NAMES
