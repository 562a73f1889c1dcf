"""History: every version of every row, who wrote it, and the chain that shows tampering."""
