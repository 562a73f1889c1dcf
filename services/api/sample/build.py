"""The whole sample region as JSON bodies, in the order in which they can be posted."""

from services.api.sample.agreements import (
    access_rate_bodies,
    ceiling_bodies,
    commitment_bodies,
    support_capacity_bodies,
)
from services.api.sample.figures import Body
from services.api.sample.keys import allocation_key_bodies
from services.api.sample.needs import need_bodies
from services.api.sample.places import (
    distance_bodies,
    indicator_bodies,
    indicator_value_bodies,
    municipality_bodies,
    period_bodies,
    region_bodies,
)
from services.api.sample.supply import capacity_bodies
from services.api.sample.target_groups import (
    fit_bodies,
    housing_form_bodies,
    target_group_bodies,
)


def sample_region() -> dict[str, list[Body]]:
    """Give every row of the sample region.

    Returns
    -------
    Noun in the path (`municipalities`, `needs`, ...) to its JSON bodies. A noun comes after the
    nouns that it refers to. Calling twice gives equal answers.
    """
    return {
        "municipalities": municipality_bodies(),
        "regions": region_bodies(),
        "target-groups": target_group_bodies(),
        "housing-forms": housing_form_bodies(),
        "fits": fit_bodies(),
        "periods": period_bodies(),
        "indicators": indicator_bodies(),
        "indicator-values": indicator_value_bodies(),
        "allocation-keys": allocation_key_bodies(),
        "needs": need_bodies(),
        "capacities": capacity_bodies(),
        "support-capacities": support_capacity_bodies(),
        "commitments": commitment_bodies(),
        "ceilings": ceiling_bodies(),
        "access-rates": access_rate_bodies(),
        "distances": distance_bodies(),
    }
