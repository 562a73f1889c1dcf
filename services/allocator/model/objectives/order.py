"""The last choice, between plans that are equally good in every stage: homes in order of their ids.

It is nobody's preference. It makes the solution unique, so that the same problem always has the
same one, whatever path the solver took to it.
"""

from functools import lru_cache
from hashlib import blake2b

from services.allocator.model.linear_model import Column, LinearModel
from services.allocator.model.variables import Variables

BYTES = 4
"""Size of a checksum."""


def order_of_ids(model: LinearModel, x: Variables) -> dict[Column, float]:
    """Price every placement by its place in the order, then who moves where and who is served.

    Each price is the place plus a part of one, from a checksum of the name: with places alone,
    many a swap would cost nothing. (With CRC-32 too: it is linear.)
    """
    columns = [*x.placed.values(), *x.moved.values()]
    columns += [column for terms in x.served.values() for column, _ in terms]
    places = {column: place for place, column in enumerate(dict.fromkeys(columns), start=1)}
    whole = float(len(places))
    return {
        column: (place + _part(model.column_names[column])) / whole
        for column, place in places.items()
    }


@lru_cache(maxsize=2**16)
def _part(name: str) -> float:
    checksum = blake2b(name.encode(), digest_size=BYTES).digest()
    return int.from_bytes(checksum, "big") / 256.0**BYTES
