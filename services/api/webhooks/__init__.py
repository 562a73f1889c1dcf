"""Events sent to addresses of other systems: signed, in order, and again until they arrive."""
