"""What can go wrong in the demo."""

from typing import ClassVar

from revue.platform.errors import RevueError


class PainterFailed(RevueError):
    """The process that paints the clips ended early; `data["key"]` names the clip it had in hand."""

    code: ClassVar[str] = "painter_failed"
    status: ClassVar[int] = 500
    title: ClassVar[str] = "The demo's painter ended before its clip was done. Run `revue demo` again to go on."
