"""Which function gives the objective of a stage, where a stage has just one."""

from services.allocator.model.objectives import fairness, housing, preferences

SIMPLE = {
    "commitments": housing.shortfall,
    "suitability": preferences.unsuitability,
    "extraCapacity": preferences.extra_capacity,
    "stability": preferences.changes,
}
LEXIMIN = {
    "municipalFairness": fairness.municipal_levels,
    "groupFairness": fairness.group_levels,
}
