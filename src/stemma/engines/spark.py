"""A corpus on Apache Spark, or on Sail, which is a Spark Connect server without Java: one code for both, and for any master."""

import multiprocessing
import os
import re
import shutil
import socket
import sys
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pyarrow as pa
from pyarrow import parquet

from stemma.engines.protocol import Folders, Step, Work
from stemma.errors import EngineError, ProcessLost
from stemma.processes import cores
from stemma.whole_files import disk_error, reason_of

_TASKS_A_CORE = 2
"""Tasks for each core of this machine, so that a core which has finished finds more to do."""
_PAGES_AT_A_TIME, _ROWS_AT_A_TIME = "32", "1000"
"""Rows that a function is given at a time, and fewer where a row may be a page with its bytes."""
_ATTEMPTS = 2
_CONNECT_PORT, _MASTER_PORT = 15002, 7077
_LOCAL = re.compile(r"local(?:\[([1-9]\d*|\*)\])?")
_MASTER = re.compile(
    r"local(?:-cluster)?\[[1-9*][\d, ]*\]|yarn|spark://[^\s/,:]+:\d+(?:,[^\s/,:]+:\d+)*|k8s://(?:https?://)?[^\s/]+|sc://[^\s/]+.*"
)


def open_spark(master: str) -> "Spark":
    """Return Spark at a master: `local[2]`, `spark://…`, `yarn`, `k8s://…`, or `sc://…` (Spark Connect).

    Raises EngineError where pyspark or Java is missing, the master is none, or nothing answers there.
    """
    _check_master(master)
    _import_pyspark("spark")
    if master.startswith("sc://"):
        return Spark(_connect(master), None)
    if not (shutil.which("java") or os.environ.get("JAVA_HOME")):
        raise EngineError(
            "Spark needs Java 17, and none is installed here; `--engine sail` needs none: pip install 'stemma-news[sail]'."
        )
    from pyspark.sql import SparkSession

    local = _LOCAL.fullmatch(master)
    builder = SparkSession.builder.appName("stemma")
    if local:
        os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        count = int(local[1]) if local[1] and local[1] != "*" else cores()
        # A lost task is tried again, which Spark does not do by itself on one machine.
        builder = builder.master(f"local[{count},{_ATTEMPTS}]").config("spark.sql.shuffle.partitions", str(_TASKS_A_CORE * count))
        builder = builder.config("spark.ui.enabled", "false").config("spark.log.level", "OFF")
        builder = builder.config("spark.driver.host", "127.0.0.1").config("spark.driver.bindAddress", "127.0.0.1")
    else:
        builder = builder.master(master)
    with _quiet():
        try:
            session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
        except _failures() as error:
            raise EngineError(f"Spark does not start at {master}: {_first_line(error)}") from error
    return Spark(session, session.stop)


def _check_master(master: str) -> None:
    """Raise EngineError for a master at which Spark would end with pages of Java's stack, or wait for minutes."""
    if not (_LOCAL.fullmatch(master) or _MASTER.fullmatch(master)):
        raise EngineError(
            f"{master!r} is no master of Spark; give local[2], spark://HOST:PORT, yarn, k8s://HOST:PORT or sc://HOST:PORT."
        )
    if master == "yarn" and not {"HADOOP_CONF_DIR", "YARN_CONF_DIR"} & os.environ.keys():
        raise EngineError("--master yarn needs HADOOP_CONF_DIR or YARN_CONF_DIR, the folder that says where YARN is.")
    if master.startswith("spark://"):
        failed = [_failure_at(f"spark://{host}", _MASTER_PORT) for host in master.removeprefix("spark://").split(",")]
        if all(failed):
            raise EngineError(f"Nothing answers at {master} ({failed[0]}).")


def _failure_at(address: str, port: int) -> str | None:
    """Why nothing answers at an address, None where something does; pyspark itself would ask for many minutes."""
    try:
        told = urlsplit(address)
        socket.create_connection((told.hostname or "", told.port or port), timeout=20).close()
    except OSError as error:
        return reason_of(error).lower()
    except ValueError:
        return "it names no port"
    return None


def open_sail() -> "Spark":
    """Return Sail, a Spark Connect server that is started inside this process; raises EngineError where pysail is missing."""
    _import_pyspark("sail")
    try:
        from pysail.spark import SparkConnectServer
    except ImportError as error:
        raise EngineError("`--engine sail` needs the extra 'sail': pip install 'stemma-news[sail]'.") from error
    _new_pool()
    os.environ.setdefault("RUST_LOG", "error")
    # A session that nobody asks for some minutes is ended otherwise: between two jobs other work may take longer.
    os.environ.setdefault("SAIL_SPARK__SESSION_TIMEOUT_SECS", "86400")
    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    _, port = server.listening_address
    try:
        session = _connect(f"sc://127.0.0.1:{port}")
    except EngineError:
        server.stop()
        raise

    def stop() -> None:
        session.stop()
        server.stop()
        _pool.pop().shutdown(cancel_futures=True)

    return Spark(session, stop, in_pool=True)


class Spark:
    """A session of Spark; functions run by mapInArrow and applyInArrow, and nothing but small tables comes to this process."""

    def __init__(self, session: Any, stop: Callable[[], None] | None, in_pool: bool = False) -> None:  # noqa: ANN401 - pyspark's
        self._session, self._stop, self._in_pool = session, stop, in_pool
        self.tasks = _TASKS_A_CORE * cores() if in_pool else int(session.conf.get("spark.sql.shuffle.partitions"))

    def run(self, query: str, folders: Folders, steps: Sequence[Step], out: Path) -> None:
        """Write what the steps make of what a query selects into a new folder of Parquet; without steps what it selects.

        Raises ProcessLost when a task failed for good, OSError where the disk is full, EngineError when Spark itself is gone.
        """
        with _quiet():
            try:
                self._run(query, folders, steps, out)
            except _failures() as error:
                if type(error).__name__ == "AnalysisException":
                    raise
                self._check_alive(error)
                if full := disk_error(str(error)):
                    raise full from error
                raise ProcessLost(f"a task of the engine failed ({_first_line(error)}).") from error

    def close(self) -> None:
        """End the session, and what was started for it."""
        if self._stop:
            self._stop()

    def _run(self, query: str, folders: Folders, steps: Sequence[Step], out: Path) -> None:
        from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

        for name, paths in folders.items():
            self._session.read.parquet(*(p.absolute().as_uri() for p in paths)).createOrReplaceTempView(name)
        pages = any(pa.types.is_binary(field.type) for step in steps for field in step.schema)
        self._session.conf.set("spark.sql.execution.arrow.maxRecordsPerBatch", _PAGES_AT_A_TIME if pages else _ROWS_AT_A_TIME)
        frame = self._session.sql(query)
        for step in steps:
            # So many tasks, and not as few as their bytes would fit into: it is the functions that take time.
            frame = frame.repartition(self.tasks, step.by)
            work: Work = partial(_in_pool, step.work) if self._in_pool else step.work
            schema = from_arrow_schema(step.schema)
            if step.together:
                frame = frame.groupBy(step.by).applyInArrow(_of_groups(work, step.schema), schema)
            else:
                frame = frame.mapInArrow(partial(_each, work), schema)
        frame.write.mode("overwrite").option("compression", "zstd").parquet(out.absolute().as_uri())
        if not any(out.glob("*.parquet")):
            # Sail writes no file where there are no rows, and the next query asks for the columns.
            out.mkdir(parents=True, exist_ok=True)
            empty = steps[-1].schema if steps else to_arrow_schema(frame.schema)
            parquet.write_table(empty.empty_table(), out / "part-0.parquet")

    def _check_alive(self, error: Exception) -> None:
        try:
            self._session.sql("SELECT 1 AS alive").collect()
        except _failures():
            raise EngineError(f"The engine has ended ({_first_line(error)}); what was written before stays.") from error


def _each(work: Work, batches: Iterable[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    for batch in batches:
        yield from work(batch)


def _of_groups(work: Work, schema: pa.Schema) -> Callable[[pa.Table], pa.Table]:
    def made(table: pa.Table) -> pa.Table:
        return pa.Table.from_batches(work(table.combine_chunks().to_batches()[0]), schema=schema)

    return made


_pool: list[ProcessPoolExecutor] = []
"""The processes that work for Sail, whose own tasks share one interpreter: on all cores, and the server outlives a crash."""


def _new_pool() -> ProcessPoolExecutor:
    _pool[:] = [ProcessPoolExecutor(cores(), mp_context=multiprocessing.get_context("spawn"))]
    return _pool[0]


def _in_pool(work: Work, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
    try:
        yield from _pool[0].submit(_all, work, batch).result()
    except BrokenProcessPool:
        _new_pool()
        raise


def _all(work: Work, batch: pa.RecordBatch) -> list[pa.RecordBatch]:
    return list(work(batch))


def _connect(address: str) -> Any:  # noqa: ANN401 - pyspark's session
    if failed := _failure_at(address, _CONNECT_PORT):
        raise EngineError(f"Nothing answers at {address} ({failed}).")
    # gRPC's own handlers break processes that are begun as copies of this one, which run nothing of it.
    os.environ.setdefault("GRPC_ENABLE_FORK_SUPPORT", "0")
    with _quiet():
        try:
            from pyspark.sql.connect.session import SparkSession

            session = SparkSession.builder.remote(address).create()
            session.sql("SELECT 1 AS alive").collect()
        except _failures() as error:
            raise EngineError(f"What answers at {address} is no Spark Connect: {_first_line(error)}.") from error
    return session


def _import_pyspark(extra: str) -> None:
    with _quiet():
        try:
            import pyspark.sql  # noqa: F401
        except ImportError as error:
            raise EngineError(f"`--engine {extra}` needs the extra '{extra}': pip install 'stemma-news[{extra}]'.") from error


def _failures() -> tuple[type[Exception], ...]:
    """What pyspark raises; where only its client is installed, there is no bridge to Java."""
    from pyspark.errors import PySparkException

    found: list[type[Exception]] = [PySparkException]
    for module, name in (("py4j.protocol", "Py4JError"), ("grpc", "RpcError")):
        try:
            found.append(getattr(__import__(module, fromlist=[name]), name))
        except ImportError:
            continue
    return tuple(found)


def _first_line(error: Exception) -> str:
    return (str(error).strip().splitlines() or [type(error).__name__])[0][:200].rstrip(".:")


class _quiet(warnings.catch_warnings):  # noqa: N801 - reads as what it does
    """pyspark warns of every version of pandas that is newer than itself, and no pandas is used here."""

    def __enter__(self) -> None:
        super().__enter__()
        warnings.filterwarnings("ignore", module="pyspark")
        warnings.filterwarnings("ignore", message="PySpark does not yet")
