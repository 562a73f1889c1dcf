"""Why each municipality got its number: recomputed from the plan, without any solver."""
