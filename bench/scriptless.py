"""The pages as a browser without script has them: our server behind a few lines that take the scripts out of its HTML."""

import http.client
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

SCRIPT = re.compile(rb"<script\b.*?</script>", re.DOTALL)
NOT_OURS = ("content-length", "transfer-encoding", "connection", "server", "date")


@contextmanager
def scriptless(url: str) -> Iterator[str]:
    """The address of the same pages without script, until the `with` ends."""
    at = urlsplit(url)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            connection = http.client.HTTPConnection(str(at.hostname), at.port, timeout=30)
            headers = {name: self.headers[name] for name in ("Accept", "Accept-Encoding") if name in self.headers}
            connection.request("GET", self.path, headers=headers)
            answer = connection.getresponse()
            body = answer.read()
            if answer.headers.get_content_type() == "text/html":
                body = SCRIPT.sub(b"", body)
            self.send_response(answer.status)
            for name, value in answer.getheaders():
                if name.lower() not in NOT_OURS:
                    self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)
            connection.close()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
