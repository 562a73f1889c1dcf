"""The names of the stages in an answer: as the planner orders them, shopping in its two parts."""

from typing import Literal

StageName = Literal[
    "commitments",
    "waiting",
    "shopping.max",
    "shopping.sum",
    "municipalFairness",
    "groupFairness",
    "suitability",
    "extraCapacity",
    "distance",
    "stability",
]
