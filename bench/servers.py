"""Which WSGI server? The save of an answer, end to end, behind each: `python -m bench.servers`.

waitress and gunicorn are no dependencies; install them into the environment to compare.
"""

import importlib.util
import sys
import tempfile

from bench.__main__ import admit, free_port, measure, memory_mib, process, save_requests, start_one

COUNT, PEOPLE, THREADS = 10_000, 100, 16
APPLICATION = "import simulator.server as s; app = s.application()"


def commands(port: int) -> dict[str, list[str]]:
    waitress = f"{APPLICATION}; import waitress; waitress.serve(app, port={port}, threads={THREADS})"
    return {
        "granian": ["-m", "simulator.server"],
        "waitress": ["-c", waitress],
        "gunicorn": [
            *("-m", "gunicorn", "simulator.server:application()", "--bind", f"127.0.0.1:{port}"),
            *("--workers", "1", "--worker-class", "gthread", "--threads", str(THREADS)),
        ],
    }


def main() -> None:
    import http.client
    import subprocess

    for name in ("granian", "waitress", "gunicorn"):
        if importlib.util.find_spec(name) is None:
            print(f"{name}: not installed", file=sys.stderr)
            continue
        with tempfile.TemporaryDirectory() as folder:
            port = free_port()
            environment = {
                "SIMULATOR_DATA_DIR": folder,
                "SIMULATOR_HOST": "127.0.0.1",
                "SIMULATOR_PORT": str(port),
                "SIMULATOR_THREADS": str(THREADS),
                "SIMULATOR_LOG_LEVEL": "error",
            }
            prepare = ["-m", "simulator.cli", "forms", "draw", "aws-mls-c01", "--data-dir", folder]
            subprocess.run([sys.executable, *prepare], check=True, stdout=subprocess.DEVNULL)
            with process(commands(port)[name], port, environment) as pid:
                candidates = admit(port, PEOPLE)
                connection = http.client.HTTPConnection("127.0.0.1", port)
                for candidate in candidates:
                    start_one(connection, candidate)
                measure(name, port, pid, save_requests(candidates, COUNT))
                print(f"{name:<22}memory {memory_mib(pid):.0f} MiB", file=sys.stderr)


if __name__ == "__main__":
    main()
