"""The container images and the compose file, read as a careful colleague would read them."""
