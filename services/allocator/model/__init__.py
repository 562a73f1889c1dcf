"""The mathematics of FORMULATION.md as a sparse linear model, without any solver."""
