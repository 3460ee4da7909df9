"""`stemma` in forks of a process that has loaded it: loading takes most of the time of a small command, and tests run hundreds.

`python tests/warm.py SOCKET` answers each connection: it is given arguments, folder, environment and three open files, runs the
command in a fork, and says the exit code. Where it matters what Python reads at its start (`AT_START`), use another process.
A shell finds it as `stemma` in the folder that `on_path` makes.
"""

import importlib
import json
import os
import pkgutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

AT_START = ("PYTHON", "LANG", "LC_", "LD_", "MALLOC")
"""How names of variables begin that a process reads when it starts, and a fork does not."""
WATCH = 5.0
"""Seconds after which the process looks whether anybody still needs it."""
NOT_LOADED = ("stemma.__main__", "stemma.engines.spark", "stemma.room.notebook")
"""Modules that start something when they are loaded, or need what not everybody has."""


@contextmanager
def loaded(folder: Path) -> Iterator[Path]:
    """Start the process, and give the socket at which it answers until the block ends."""
    door = folder / "door"
    with subprocess.Popen([sys.executable, __file__, door], stdout=subprocess.PIPE, stdin=subprocess.DEVNULL) as process:
        assert process.stdout
        assert process.stdout.readline() == b"loaded\n"
        yield door
        process.terminate()


def run_warm(
    door: Path, command: Sequence[str], stdin: bytes, cwd: Path | None, environment: dict[str, str], timeout: float
) -> subprocess.CompletedProcess[bytes]:
    """Run a command in a fork, as `subprocess.run` does.

    Raises:
        subprocess.TimeoutExpired: it did not end in time, and was killed.
    """
    with socket.socket(socket.AF_UNIX) as connection, ExitStack() as open_files:
        files = [open_files.enter_context(tempfile.TemporaryFile()) for _ in range(3)]
        files[0].write(stdin)
        files[0].seek(0)
        connection.settimeout(timeout)
        process = _begun(connection, door, command, cwd or Path.cwd(), environment, [file.fileno() for file in files])
        try:
            code = _number(connection)
        except TimeoutError:
            os.kill(process, signal.SIGKILL)
            raise subprocess.TimeoutExpired(command, timeout) from None
        for file in files[1:]:
            file.seek(0)
        return subprocess.CompletedProcess(command, code, files[1].read(), files[2].read())


def on_path(door: Path, folder: Path) -> Path:
    """Write what a shell runs as `stemma` into a folder, and return that: it runs in a fork, with the shell's own files."""
    program = folder / "stemma"
    program.write_text(
        f"#!{sys.executable} -E\nimport sys\nsys.path[0] = {str(Path(__file__).parent)!r}\n"
        f"from warm import answer_shell\nanswer_shell({os.fspath(door)!r})\n"
    )
    program.chmod(0o755)
    return folder


def answer_shell(door: str) -> None:
    """Run the command of this process in a fork of the loaded one, and end as it ends."""
    with socket.socket(socket.AF_UNIX) as connection:
        _begun(connection, Path(door), sys.argv[1:], Path.cwd(), dict(os.environ), [0, 1, 2])
        sys.exit(_number(connection))


def _begun(
    connection: socket.socket, door: Path, command: Sequence[str], cwd: Path, environment: dict[str, str], files: list[int]
) -> int:
    """Ask for a command, and return the number of its process."""
    sent = json.dumps({"arguments": command, "cwd": os.fspath(cwd), "environment": environment}).encode()
    connection.connect(os.fspath(door))
    socket.send_fds(connection, [len(sent).to_bytes(4, "big")], files)
    connection.sendall(sent)
    return _number(connection)


def _serve(door: str) -> None:
    parent = os.getppid()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(door)
        listening.listen()
        listening.settimeout(WATCH)
        print("loaded", flush=True)
        while os.getppid() == parent:
            try:
                connection, _ = listening.accept()
            except TimeoutError:
                continue
            if not os.fork():
                listening.close()
                _answer(connection)
                return
            connection.close()
            with suppress(ChildProcessError):
                while os.waitpid(-1, os.WNOHANG)[0]:
                    pass


def _answer(connection: socket.socket) -> None:
    """Run the command in a fork of this fork, which waits for it; the command ends as Python ends."""
    connection.settimeout(None)
    head, files, _, _ = socket.recv_fds(connection, 4, 3)
    asked = json.loads(_take(connection, int.from_bytes(head, "big")))
    process = os.fork()
    if process:
        connection.sendall(process.to_bytes(4, "big", signed=True))
        status = os.waitstatus_to_exitcode(os.waitpid(process, 0)[1])
        connection.sendall(status.to_bytes(4, "big", signed=True))
        os._exit(0)
    connection.close()
    for number, file in enumerate(files):
        os.dup2(file, number)
        os.close(file)
    os.chdir(asked["cwd"])
    os.environ.clear()
    os.environ.update(asked["environment"])
    time.tzset()
    sys.argv = ["stemma", *asked["arguments"]]
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115 - the process's own
    from stemma.cli import main

    main()


def _number(connection: socket.socket) -> int:
    return int.from_bytes(_take(connection, 4), "big", signed=True)


def _take(connection: socket.socket, size: int) -> bytes:
    taken = b""
    while len(taken) < size:
        more = connection.recv(size - len(taken))
        if not more:
            raise EOFError
        taken += more
    return taken


def load_everything() -> None:
    """Load all of stemma, and parse the story that most tests read: a copy of this process has done both."""
    import stemma

    for module in pkgutil.walk_packages(stemma.__path__, "stemma."):
        if module.name not in NOT_LOADED:
            importlib.import_module(module.name)
    from stemma.pages import read_pages
    from stemma.pipeline import deep_rows
    from stemma.reports import pages_batch, read_reports, rows_of
    from stories.loading import load

    pages = list(read_pages([str(load("harbour_fire")["pages"])]))
    deep_rows("s", [report for found in rows_of(read_reports(pages_batch(pages))) for report in found])


if __name__ == "__main__":
    load_everything()
    _serve(sys.argv[1])
