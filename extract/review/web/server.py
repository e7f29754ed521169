"""The server of the review screen, on the loopback address only, until it is interrupted."""

import socket
from collections.abc import Callable

import uvicorn
from starlette.types import ASGIApp

HOST = "127.0.0.1"


def free_socket(port: int) -> socket.socket:
    """A socket that listens on the loopback address; `port`: 0 for any free one. OSError where it is taken."""
    found = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        found.bind((HOST, port))
    except OSError as error:
        found.close()
        raise OSError(error.errno, f"{error.strerror}; give another port with --port", f"port {port}") from None
    return found


def port_of(listening: socket.socket) -> int:
    port: int = listening.getsockname()[1]
    return port


def serve(app: ASGIApp, listening: socket.socket, started: Callable[[], None]) -> None:
    """Answer requests until SIGINT or SIGTERM. `started` is called when the server listens."""

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            started()

    config = uvicorn.Config(app, log_level="error", access_log=False, server_header=False, lifespan="off", ws="none")
    try:
        Server(config).run([listening])
    except KeyboardInterrupt:
        pass
    finally:
        listening.close()
