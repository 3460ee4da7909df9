import json
from typing import Any

from hypothesis import given
from hypothesis import strategies as some

from stemma.account import to_json
from stemma.text.json_text import json_text

BARE = some.none() | some.booleans() | some.integers() | some.floats(allow_nan=False, allow_infinity=False) | some.text()
HELD = some.recursive(
    BARE, lambda one: some.lists(one) | some.dictionaries(some.text(), one) | some.tuples(one, one), max_leaves=20
)


@given(some.dictionaries(some.text(), HELD))
def test_an_account_is_written_as_the_standard_library_writes_it_but_for_what_acts_on_a_terminal(account: dict[str, Any]) -> None:
    assert to_json(account) == json_text(account, 1)
    written = json.dumps(account, ensure_ascii=False, indent=1)
    assert json.loads(to_json(account)) == json.loads(written)
    assert not set(to_json(account)) & set("\x7f\x9b\u202e\u2066\u2028\ud800")
