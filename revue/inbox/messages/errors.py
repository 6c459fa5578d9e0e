"""What can go wrong with messages."""

from revue.platform.errors import BadInput, Conflict, NotAllowed, NotFound


class ConversationNotFound(NotFound):
    """There is no such conversation of the viewer's, or a block is between the two."""

    code = "conversation_not_found"
    title = "There is no such conversation."


class MessageNotFound(NotFound):
    """There is no such message in a conversation of the viewer's, or it was unsent."""

    code = "message_not_found"
    title = "This message is not there any more."


class BadMessage(BadInput):
    """Neither a text nor a video, or a text that is too long."""

    code = "bad_message"
    title = "A message has 1 to 1000 characters, or a video."


class BadReport(BadInput):
    """What is said beside the reason is too long."""

    code = "bad_report"
    title = "Use at most 500 characters."


class TooYoungForMessages(NotAllowed):
    """Nobody below an age writes messages, or is written any."""

    code = "too_young_for_messages"
    title = "Messages are for people who are 16 or older."


class MessagesOff(NotAllowed):
    """The viewer takes no messages from anybody, so they write none either."""

    code = "messages_off"
    title = "You have switched messages off. Settings → Privacy switches them on."


class TakesNoMessages(NotAllowed):
    """The other takes no messages from the viewer."""

    code = "takes_no_messages"
    title = "This person takes no messages from you."


class RequestWaits(Conflict):
    """A request has as many messages as it may until it is answered."""

    code = "request_waits"
    title = "You can write more once they have answered."
