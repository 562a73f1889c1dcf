"""Rules about the code itself: layout, names, purity, locks and images."""
