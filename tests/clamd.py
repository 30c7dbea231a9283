"""A server that speaks as clamd does: it finds EICAR, refuses what is too big, and may lie."""

import socket
import socketserver
import struct
import threading
from pathlib import Path

# In two pieces, so that no antivirus takes this file for what it looks for (https://www.eicar.org).
EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}" + rb"$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


class _Session(socketserver.StreamRequestHandler):
    def handle(self) -> None:
        command = self._until_zero()
        if command != b"zINSTREAM":
            self.wfile.write(b"UNKNOWN COMMAND\0")
            return
        data = b""
        while size := struct.unpack(">L", self.rfile.read(4))[0]:
            data += self.rfile.read(size)
            if len(data) > self.server.most_bytes:
                self.wfile.write(b"INSTREAM size limit exceeded. ERROR\0")
                return
        self.server.asked.append(data)
        self.wfile.write(self.server.answer or self._verdict(data))

    def _until_zero(self) -> bytes:
        read = b""
        while (sign := self.rfile.read(1)) not in (b"\0", b""):
            read += sign
        return read

    @staticmethod
    def _verdict(data: bytes) -> bytes:
        return b"stream: Win.Test.EICAR_HDB-1 FOUND\0" if EICAR in data else b"stream: OK\0"


class Clamd(socketserver.ThreadingTCPServer):
    """`Clamd()` listens at once on a free port; `url` says where."""

    allow_reuse_address = daemon_threads = True

    def __init__(self, address=("127.0.0.1", 0)) -> None:
        self.asked: list[bytes] = []
        self.answer, self.most_bytes = b"", 1_000_000
        super().__init__(address, _Session)
        threading.Thread(target=self.serve_forever, args=(0.05,), daemon=True).start()

    @property
    def url(self) -> str:
        return f"tcp://127.0.0.1:{self.server_address[1]}"

    def close(self) -> None:
        self.shutdown()
        self.server_close()


class ClamdAtPath(Clamd):
    """The same behind a file of the machine."""

    address_family = socket.AF_UNIX

    def __init__(self, path: Path) -> None:
        super().__init__(str(path))

    @property
    def url(self) -> str:
        return f"unix://{self.server_address}"
