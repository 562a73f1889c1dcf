"""The sample region: facts of the 30 municipalities around Amsterdam and what follows from them."""
