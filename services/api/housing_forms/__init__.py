"""Housing forms: kinds of homes, such as social rent or flex homes."""
