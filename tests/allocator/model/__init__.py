"""Every rule and objective of FORMULATION.md, each built alone."""
