"""Recompute every rule and every objective from problem and result alone, without a solver."""
