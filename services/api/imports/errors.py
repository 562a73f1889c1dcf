"""Why a file is not read, or not applied."""


class UnreadableFile(Exception):
    """The file is not what it says it is, or is damaged."""

    def __init__(self, why: str, why_nl: str) -> None:
        self.facts = {"code": "unreadable_file", "nl": f"Het bestand is niet te lezen: {why_nl}."}
        super().__init__(f"The file cannot be read: {why}.")


class FileTooLarge(Exception):
    """The file is small, and what is in it is not."""

    def __init__(self) -> None:
        self.facts = {"code": "file_too_large", "nl": "Uitgepakt is het bestand te groot."}
        super().__init__("It unpacks to more than is read.")


class ImportNotReady(Exception):
    """Columns are not chosen yet, or rows have faults."""

    def __init__(self, faulty: int) -> None:
        english, dutch = (
            (f"Repair the faults of {faulty} rows first.", f"Herstel eerst {faulty} regels.")
            if faulty
            else ("Choose columns first.", "Kies eerst kolommen.")
        )
        self.facts = {"code": "import_not_ready", "nl": dutch}
        super().__init__(english)


class ImportChanged(Exception):
    """The import, or figures that it touches, changed after it was read."""

    def __init__(self) -> None:
        self.facts = {
            "code": "changed_since",
            "nl": "Er is intussen iets veranderd. Bekijk het voorbeeld opnieuw.",
        }
        super().__init__("Something changed meanwhile. Look at the preview again.")


class ImportEnded(Exception):
    """The import was applied, or thrown away because nobody applied it."""

    def __init__(self, state: str) -> None:
        self.facts = {
            "code": "import_ended",
            "nl": "Deze import is al toegepast of verlopen. Stuur het bestand opnieuw.",
            "state": state,
        }
        super().__init__(f"This import is {state}. Send the file again.")
