"""Django on a plain threaded WSGI server, as a process that tests may kill: `python -m tests.media.serve PORT`."""

import socketserver
import sys
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from revue.wsgi import application


class _Server(socketserver.ThreadingMixIn, WSGIServer):
    daemon_threads = True
    allow_reuse_address = True


class _Handler(WSGIRequestHandler):
    def log_message(self, *args: object) -> None:
        """Say nothing."""


if __name__ == "__main__":
    server = _Server(("127.0.0.1", int(sys.argv[1])), _Handler)
    server.set_app(application)
    server.serve_forever()
