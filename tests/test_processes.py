"""Work spread over processes comes back in order, whole, and leaves no process behind."""

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from stemma.errors import ProcessLost
from stemma.processes import AHEAD, RENEWED, in_order


def doubled(number):
    return 2 * number


def own_process(_):
    return os.getpid()


def refuse(number):
    if number == 3:
        raise ValueError("three")
    return number


def die(number):
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    return number


@pytest.mark.parametrize("processes", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, 2, 40])
def test_items_come_with_their_results_in_the_order_of_the_items(count, processes):
    assert list(in_order(doubled, range(count), processes)) == [(n, 2 * n) for n in range(count)]


@given(st.lists(st.integers()))
def test_one_process_works_here(numbers):
    assert {pid for _, pid in in_order(own_process, numbers, 1)} <= {os.getpid()}


def test_one_item_is_worked_on_here_and_two_are_not():
    assert [pid for _, pid in in_order(own_process, [1], 2)] == [os.getpid()]
    assert os.getpid() not in {pid for _, pid in in_order(own_process, [1, 2], 2)}


def test_work_apart_is_done_in_another_process_also_beside_other_threads():
    with ThreadPoolExecutor(1) as thread:
        ((_, pid),) = thread.submit(lambda: list(in_order(own_process, [1], 1, apart=True))).result()
    assert pid != os.getpid()


def test_after_many_items_other_processes_go_on_in_order():
    count = 2 * RENEWED + 3
    found = list(in_order(own_process, range(count), processes=2))
    assert [n for n, _ in found] == list(range(count))
    first, later = ({pid for n, pid in found if (n < 2 * RENEWED) == early} for early in (True, False))
    assert first.isdisjoint(later)


def test_no_more_items_are_taken_than_are_needed_ahead():
    taken = []

    def items():
        for n in range(100):
            taken.append(n)
            yield n

    results = in_order(doubled, items(), 2)
    assert next(results) == (0, 0)
    assert len(taken) == 2 * AHEAD
    results.close()


@pytest.mark.parametrize("processes", [1, 2])
def test_what_goes_wrong_in_a_process_is_raised_here(processes):
    with pytest.raises(ValueError, match="three"):
        list(in_order(refuse, range(6), processes))


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="only where a process can be killed outright")
def test_a_process_that_is_killed_is_said_in_a_sentence():
    with pytest.raises(ProcessLost, match="memory ran out"):
        list(in_order(die, range(6), 2))


# One write for a line: `print` writes the line end by itself, and two processes share this pipe.
SLOW = """
import os, time
from stemma.processes import in_order
def rest(n):
    os.write(1, b"begun\\n")
    time.sleep(3600)
list(in_order(rest, range(8), 2))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="work of a script is sent to copies of it")
def test_ctrl_c_does_not_wait_for_work_that_is_under_way(tmp_path):
    script = tmp_path / "slow.py"
    script.write_text(SLOW, "utf-8")
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen([sys.executable, script], **pipes) as parent:
        assert [parent.stdout.readline() for _ in range(2)] == ["begun\n"] * 2
        parent.send_signal(signal.SIGINT)
        _, said = parent.communicate()
    assert said.rstrip().endswith("KeyboardInterrupt")


PARENT = """
import os, time
from stemma.processes import in_order
def tell(n):
    os.write(1, f"{os.getpid()}\\n".encode())
    time.sleep(60)
list(in_order(tell, range(8), 2))
"""


@pytest.mark.skipif(sys.platform != "linux", reason="looks at /proc")
def test_processes_end_when_their_parent_is_killed(tmp_path):
    script = tmp_path / "parent.py"
    script.write_text(PARENT, "utf-8")
    with subprocess.Popen([sys.executable, script], stdout=subprocess.PIPE, text=True) as parent:
        children = [int(parent.stdout.readline()) for _ in range(2)]
        parent.kill()
        parent.wait()
        # The pipe is closed when the last process that holds it has ended.
        assert parent.stdout.read() == ""
    assert len(set(children)) == 2
    for _ in range(600):
        if not any(Path(f"/proc/{pid}").exists() and _runs(pid) for pid in children):
            break
        time.sleep(0.05)
    assert not any(_runs(pid) for pid in children)


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
