"""The audit log: who changed what, and whether the past is still what it was."""
