"""One port: media ranges and live streams in async calls, everything else to Django on threads.

`application` is the RSGI entry that `revue.platform.server` loads. Django decides about every
request; two of its answers are instructions to us, by the headers that nginx made known:
`X-Accel-Redirect` (send this file) and `X-Accel-Live` (open a stream of these topics).
"""

from revue.front.application import Front

application = Front()
