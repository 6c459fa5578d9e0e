"""What can go wrong with push."""

from revue.platform.errors import BadInput, NotAllowed


class PushOff(NotAllowed):
    """The owner of this instance has not switched push on."""

    code = "push_off"
    title = "Push messages are off on this instance."


class BadSubscription(BadInput):
    """What a browser sent is no subscription, or its push service is none that is asked."""

    code = "bad_subscription"
    title = "This browser's push service cannot be used."
