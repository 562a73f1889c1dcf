"""What a process that serves the API makes of itself, once everything is loaded."""

import gc

_NEW_OBJECTS = 50_000
_YOUNGER_COLLECTIONS = 20


def collect_seldom() -> None:
    """Look for unused cycles of objects far less often than Python does by itself.

    What is loaded by now stays to the end, and is not looked at again. An import of a hundred
    thousand rows makes millions of objects without cycles: looking at each 700 new ones took a
    quarter of its time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_NEW_OBJECTS, _YOUNGER_COLLECTIONS, _YOUNGER_COLLECTIONS)
