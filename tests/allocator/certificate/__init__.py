"""The dual values of a result prove its references, without any solver."""
