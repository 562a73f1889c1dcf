"""What can be wrong with a request before any noun sees it."""


class BodyTooLarge(Exception):
    """The request body is larger than the API reads."""

    def __init__(self, most: int) -> None:
        super().__init__(f"A request body may be at most {most} bytes.")


class BodyTooSlow(Exception):
    """The client did not send its whole body in time."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"The request body did not arrive within {seconds:g} seconds.")


class BodyNotComplete(Exception):
    """The client left before it had sent its whole body."""

    def __init__(self) -> None:
        super().__init__("The connection was closed before the whole body had come.")


class UnsupportedMediaType(Exception):
    """The body is not JSON in UTF-8, or what else this address wants, or is compressed."""

    def __init__(self, given: str, wanted: str = "application/json in UTF-8") -> None:
        super().__init__(f"Send the body as {wanted}, not as {given!r}.")


class NotAcceptable(Exception):
    """The client accepts nothing that this address can answer with."""

    def __init__(self, accepted: str, offered: str) -> None:
        super().__init__(f"This address answers with {offered}, which {accepted!r} leaves out.")


class NotReady(Exception):
    """The service runs, but cannot do its work yet."""
