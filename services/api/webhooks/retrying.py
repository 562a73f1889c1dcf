"""When a receiver that failed is tried again, and when that ends."""

from datetime import datetime, timedelta

FIRST_WAIT = timedelta(seconds=5)
LONGEST_WAIT = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(hours=72)
_JITTER = 0.2
# 5 s doubled ten times is more than an hour; a higher power would only be a large number.
_MOST_DOUBLINGS = 10


def wait_after(failures: int, luck: float) -> timedelta:
    """Say how long to wait after so many failures in a row.

    Parameters
    ----------
    failures
        At least 1.
    luck
        From 0 up to 1: spreads the attempts at receivers that failed at one moment.

    Returns
    -------
    5 s, 10 s, 20 s ... up to an hour, and up to a fifth shorter.
    """
    doubled: timedelta = FIRST_WAIT * 2 ** min(failures - 1, _MOST_DOUBLINGS)
    return min(doubled, LONGEST_WAIT) * (1 - _JITTER * luck)


def is_given_up(failing_since: datetime, now: datetime) -> bool:
    """Whether a receiver has failed for so long that it must ask for its events again."""
    return now - failing_since >= GIVEN_UP_AFTER
