"""A master and two workers of Spark, separate processes on this machine: the same tables as the
local engine makes, also when one worker is killed in the middle."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from corpus_tables import every_table
from made_corpus import write_corpus

from variorum.corpus.run import Settings, run_corpus

pytest.importorskip("duckdb", reason="needs variorum[corpus]")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(900),
    pytest.mark.skipif(shutil.which("java") is None, reason="Spark needs Java, which is not here"),
    pytest.mark.skipif(find_spec("pyspark") is None, reason="needs variorum[spark]"),
]
VERSIONS, PARTITIONS = 80, 8


class Cluster:
    """A standalone master and its workers, ended with their executors."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port, self.web = free_port(), free_port()
        self.url = f"spark://127.0.0.1:{self.port}"
        self.processes: list[subprocess.Popen[bytes]] = []
        self.log = (home / "cluster.log").open("wb")

    def start(self, workers: int) -> None:
        ports = ["--port", str(self.port), "--webui-port", str(self.web)]
        self._launch("master.Master", *ports)
        for _ in range(workers):
            cores = ["--cores", "1", "--memory", "1g", "--webui-port", "0"]
            self._launch("worker.Worker", *cores, self.url)
        wait_for(lambda: self.alive() == workers, 180)

    def alive(self) -> int:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.web}/json/", timeout=5) as page:
                told = json.load(page)
        except OSError:
            return 0
        return sum(worker["state"] == "ALIVE" for worker in told["workers"])

    def kill_worker(self) -> None:
        """The last worker, with its executor and what that runs: as a machine that loses power."""
        worker = self.processes.pop()
        os.killpg(worker.pid, signal.SIGKILL)
        worker.wait()

    def stop(self) -> None:
        for process in self.processes:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()
        self.log.close()

    def _launch(self, name: str, *options: str) -> None:
        import pyspark

        spark = Path(pyspark.__file__).parent
        command = [spark / "bin" / "spark-class", f"org.apache.spark.deploy.{name}"]
        self.processes.append(
            subprocess.Popen(
                [*map(str, command), "--host", "127.0.0.1", *options],
                env=environment() | {"SPARK_HOME": str(spark)},
                cwd=self.home,
                stdout=subprocess.DEVNULL,
                stderr=self.log,
                start_new_session=True,
            )
        )


def environment() -> dict[str, str]:
    paths = os.pathsep.join(p for p in sys.path if p)
    return {
        **os.environ,
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": paths,
        "SPARK_WORKER_DIR": "work",
    }


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def wait_for(true: object, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true():  # type: ignore[operator]
        assert time.monotonic() < end, "waited in vain"
        time.sleep(0.2)


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    home = tmp_path / "cluster"
    home.mkdir()
    made = Cluster(home)
    try:
        made.start(2)
        yield made
    finally:
        made.stop()


def test_the_same_tables_also_when_a_worker_is_killed(cluster: Cluster, tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    write_corpus(texts, VERSIONS)
    (tmp_path / "bad.jsonl").write_text("not json\n")
    inputs = [texts, tmp_path / "bad.jsonl"]
    list(run_corpus(inputs, tmp_path / "local", Settings(workers=1, partitions=PARTITIONS)))
    expected = every_table(tmp_path / "local")

    out = tmp_path / "killed"
    command = [sys.executable, "-m", "variorum.cli", "corpus", *map(str, inputs)]
    command += ["--out", str(out), "--engine", "spark", "--master", cluster.url, "--json"]
    command += ["--partitions", str(PARTITIONS)]
    with (tmp_path / "spark.log").open("wb") as log:
        job = subprocess.Popen(
            command, env=environment(), stdout=subprocess.PIPE, stderr=log, cwd=tmp_path
        )
        try:
            done = out / ".work" / "done"
            wait_for(lambda: job.poll() is not None or any(done.glob("part-*")), 400)
            assert job.poll() is None, (tmp_path / "spark.log").read_text("utf-8")[-2000:]
            finished = len(list(done.glob("part-*")))
            cluster.kill_worker()
            told, _ = job.communicate(timeout=600)
        finally:
            job.kill()
            job.wait()
    assert finished < PARTITIONS, "killed too late to mean anything"
    assert job.returncode == 3, (tmp_path / "spark.log").read_text("utf-8")[-2000:]
    assert json.loads(told)["problems"] == 1
    assert every_table(out) == expected
    problems = [p.read_text("utf-8") for p in sorted((out / "problems").iterdir())]
    assert problems == [
        p.read_text("utf-8") for p in sorted((tmp_path / "local/problems").iterdir())
    ]
