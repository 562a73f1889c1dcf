"""Takes figures out as files, and gives files to fill in."""
