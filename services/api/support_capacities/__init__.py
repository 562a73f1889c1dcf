"""Support capacities: slots of support that municipalities share."""
