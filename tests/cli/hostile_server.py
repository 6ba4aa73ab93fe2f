"""A ticket system that misbehaves, for run.sh: GitHub's API over plain HTTP on loopback.

What it does wrong is chosen by the repository's name. Usage: hostile_server.py PORT_FILE
"""
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

HOSTILE = "\x1b]0;owned\x07 \x1b[31mred\x9b2J \u202egnp.exe \r\nsecond: line"


def issue(port, title="a title", labels=(), body=""):
    return {"id": 1, "number": 1, "state": "open", "title": title, "body": body,
            "html_url": f"http://127.0.0.1:{port}/h/x/issues/1",
            "user": {"login": "bot"}, "author_association": "OWNER",
            "labels": [{"name": name} for name in labels]}


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def answer(self, status, value, headers=()):
        body = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers:
            self.send_header(name, text)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def handle_any(self):
        sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        port = self.server.server_address[1]
        token = self.headers.get("Authorization", "")
        parts = self.path.split("?")[0].split("/")
        if parts[3] == "user":
            return self.answer(200, {"login": "bot"})
        kind = parts[5]
        if kind == "control":
            return self.answer(200, issue(port, HOSTILE))
        if kind == "limit":
            return self.answer(429, {"message": "slow down"}, [("Retry-After", "61")])
        if kind == "broken":
            return self.answer(500, {"message": "oops"})
        if kind == "slow":
            time.sleep(3)
        if kind == "echo":
            # whole, and cut in its midst at the end
            return self.answer(422, {"message": f"you sent {token} {HOSTILE} {token[:-3]}"})
        if self.command == "GET" and len(parts) == 6:
            return self.answer(200, {"full_name": f"h/{kind}", "has_issues": True,
                                     "archived": False, "permissions": {"push": True}})
        if self.command == "GET":
            return self.answer(200, [])
        if kind == "drop":  # the request is taken, the reply never comes
            self.close_connection = True
            self.connection.close()
            return None
        if kind == "html":
            return self.answer(200, b"<html>welcome</html>", [("Content-Type", "text/html")])
        if kind == "labels":  # accepted, but the labels are dropped
            asked = json.loads(sent)
            return self.answer(201, issue(port, asked["title"], [], asked["body"]))
        return self.answer(404, {"message": "Not Found"})

    do_GET = do_POST = do_PATCH = handle_any


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *_):
        pass  # connections that we closed ourselves


server = Server(("127.0.0.1", 0), Handler)
with open(sys.argv[1] + ".new", "w", encoding="ascii") as file:
    file.write(str(server.server_address[1]))
os.rename(sys.argv[1] + ".new", sys.argv[1])
server.serve_forever()
