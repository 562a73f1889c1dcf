"""Why a webhook is refused."""

_REASONS = {
    "unreadable": ("It cannot be read.", "Het is niet te lezen."),
    "not_https": ("It does not begin with https.", "Het begint niet met https."),
    "with_a_password": (
        "It holds a name, a password or a fragment.",
        "Er staat een naam, een wachtwoord of een fragment in.",
    ),
    "not_a_full_name": ("Its host is not a full name.", "De host is geen volledige naam."),
    "unknown_host": ("Its host is not known.", "De host is niet bekend."),
    "not_public": ("Its host is not public.", "De host is niet openbaar."),
}


class AddressRefused(Exception):
    """The address is not https, or leads to a network that is not public.

    Parameters
    ----------
    reason
        What is wrong with it: `unreadable`, `not_https`, `with_a_password`, `not_a_full_name`,
        `unknown_host` or `not_public`.
    """

    def __init__(self, reason: str) -> None:
        en, nl = _REASONS[reason]
        self.reason = reason
        self.facts = {
            "code": "address_refused",
            "reason": reason,
            "nl": f"Alleen https naar een openbaar adres. {nl}",
        }
        super().__init__(f"Use https to a public address only. {en}")
