"""What hangs together is the same by label propagation on whatever engine as in one process."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from stemma.bulk import whole
from stemma.bulk.whole import lowest_of
from stemma.stories.grouping import components as components_in


def lowest_found(engine, folder, count, pairs):
    """The lowest of each of `count` reports by pairs that lie in two folders."""
    ids = pa.array([f"r{n:06}" for n in range(count)])
    folders = [folder / "one", folder / "two"]
    for n, place in enumerate(folders):
        place.mkdir(parents=True)
        a, b = ([ids[sorted(pair)[side]].as_py() for pair in pairs[n::2]] for side in (0, 1))
        parquet.write_table(pa.table([pa.array(a, pa.string()), pa.array(b, pa.string())], names=["a", "b"]), place / "0.parquet")
    return lowest_of(engine, ids, folders, folder / "work").tolist()


def expected(count, pairs):
    a, b = (np.array([pair[side] for pair in pairs], np.int64) for side in (0, 1))
    return [part[0] for n in range(count) for part in components_in(count, a, b) if n in part]


PAIRS = st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)).filter(lambda pair: pair[0] != pair[1]), max_size=25)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(PAIRS)
def test_labels_that_are_handed_on_come_to_rest_at_the_lowest_report(engine_of, tmp_path_factory, pairs):
    with pytest.MonkeyPatch.context() as patch:
        here = lowest_found(engine_of("duckdb"), tmp_path_factory.mktemp("here"), 20, pairs)
        patch.setattr(whole, "_FEW", -1)
        assert lowest_found(engine_of("duckdb"), tmp_path_factory.mktemp("there"), 20, pairs) == here == expected(20, pairs)
