"""Every error that digitlens raises on purpose, as one tree.

    DigitlensError
    ├── InvalidInput (ValueError)       an argument is not what it should be
    │   ├── PictureError
    │   │   ├── UnreadablePicture       the bytes are no picture, or a damaged one
    │   │   └── PictureTooLarge         more bytes or pixels than the limits allow
    │   ├── StrokesError                pen strokes of the wrong shape, or too many
    │   ├── SettingsError               a DIGITLENS_* variable or an option
    │   └── DataError                   a data set that is missing, damaged or of the wrong form
    ├── BundleError                     a model on disk that cannot be trusted or used
    ├── StoreError                      the database of corrections cannot be used
    │   ├── StoreUnavailable            not now: it is locked, full or cannot be reached
    │   └── StoreTooNew                 a newer version of digitlens has made it
    ├── TrainingError                   a training ended before it had made a network
    └── MissingExtra (ImportError)      a command needs libraries that are not installed

An InvalidInput always says the argument, what was expected and what came.
"""

from __future__ import annotations


class DigitlensError(Exception):
    """The base of all errors raised by digitlens."""


class InvalidInput(DigitlensError, ValueError):
    """An argument is not what it should be.

    Args:
        argument: Name of the argument, as its caller knows it.
        expected: What would have been right.
        received: What came instead.
    """

    def __init__(self, argument: str, expected: str, received: str) -> None:
        super().__init__(f"{argument}: expected {expected}. Received: {received}.")
        self.argument = argument
        self.expected = expected
        self.received = received

    def __reduce__(self) -> tuple[type[InvalidInput], tuple[str, str, str]]:
        # Exceptions are pickled with their message alone, which is not what __init__ takes.
        return type(self), (self.argument, self.expected, self.received)


class PictureError(InvalidInput):
    """A picture cannot be taken."""


class UnreadablePicture(PictureError):
    """The bytes are not a picture, or one that is damaged or cut short."""


class PictureTooLarge(PictureError):
    """The picture has more bytes or pixels than the limits allow."""


class StrokesError(InvalidInput):
    """Pen strokes have the wrong shape, or there are too many points."""


class SettingsError(InvalidInput):
    """A setting, from the environment or an option, has a value it cannot have."""


class DataError(InvalidInput):
    """A data set is missing, damaged or not of the form it should have."""


class BundleError(DigitlensError):
    """A model on disk cannot be trusted or used."""


class StoreError(DigitlensError):
    """The database of corrections cannot be used."""


class StoreUnavailable(StoreError):
    """The database cannot be used now: it is locked, full or cannot be reached.

    Args:
        reason: What is in the way, as the end of a sentence.
        seconds: After how many it is worth trying again.
    """

    def __init__(self, reason: str, seconds: float) -> None:
        super().__init__(f"corrections cannot be kept or looked up now: {reason}")
        self.reason = reason
        self.seconds = seconds

    def __reduce__(self) -> tuple[type[StoreUnavailable], tuple[str, float]]:
        return type(self), (self.reason, self.seconds)


class StoreTooNew(StoreError):
    """A newer version of digitlens has made the database; it is left as it is."""


class TrainingError(DigitlensError):
    """A training ended before it had made a network."""


class MissingExtra(DigitlensError, ImportError):
    """A command needs libraries that are not installed.

    Args:
        what: What was asked for, as the user would say it.
        extra: Name of the extra that installs what it needs.
    """

    def __init__(self, what: str, extra: str) -> None:
        super().__init__(f"{what} needs more libraries: pip install 'digitlens[{extra}]'")
