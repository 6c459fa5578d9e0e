"""What can go wrong for programs that ask for pages in their own forms."""

from revue.platform.errors import RevueError


class FormatNotOffered(RevueError):
    """oEmbed was asked for as XML; it is given as JSON."""

    code = "format_not_offered"
    status = 501
    title = "This is given as JSON only."
