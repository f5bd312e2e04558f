"""What kiosks may ask: one module a query, named as in protocol.queries, whose `answer` takes the hall, the visitor and
what is asked. Whether the visitor may ask it was judged before, by what its `Inputs` say that it needs.

One that has a data file of the county's also has `read(assets)`, which the hall calls before it serves.
"""

from protocol.queries import NAMES as NAMES
