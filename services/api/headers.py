"""The version of the API, which every answer tells in its headers (`shared.standard_headers`)."""

API_VERSION = "1.0.0"
