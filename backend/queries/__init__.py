"""What kiosks may ask: one module a query, named as in protocol.queries, whose `answer` is the route's function."""

from protocol.queries import NAMES as NAMES
