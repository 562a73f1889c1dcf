"""Exact numbers: whole households are `int`, decimals are `Fraction`, floats are only compared."""

from decimal import Decimal
from fractions import Fraction

Exact = int | Fraction

# What a result states as a float may differ this much from what follows from the plan, and a
# billionth of the number itself for the rounding of floats: one household in 1,000,000 shows.
STATED_AS = 1e-6
_ROUNDING = 1e-9
# References come from a linear program, right to 1e-6 households and added up over many cells
# (services/allocator/model/FORMULATION.md, section 6).
REFERENCE = 1e-4


def exact(number: float) -> Exact:
    """Give the number that its shortest decimal text says: 0.1 is one tenth."""
    return int(number) if number == int(number) else Fraction(Decimal(str(number)))


def agrees(stated: float, computed: Exact | float) -> bool:
    """Tell whether a stated float is the computed number, but for rounding."""
    return abs(stated - float(computed)) <= STATED_AS + _ROUNDING * abs(float(computed))
