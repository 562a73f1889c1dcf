"""One region's question in plain data: sorted, indexed, and without any solver."""
