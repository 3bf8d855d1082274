"""The refusal every format uses."""


class Unreadable(ValueError):
    """A document that cannot be read; its message is a Chinese sentence for the person who gave it."""
