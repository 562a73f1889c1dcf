"""Why a trade is refused."""


class MoreThanTask(Exception):
    """A municipality gives away more than it has to do."""

    def __init__(self, task: int) -> None:
        self.facts = {
            "code": "more_than_task",
            "nl": f"De gevende gemeente heeft een taakstelling van {task}.",
            "task": task,
        }
        super().__init__(f"The giving municipality has a task of {task}.")
