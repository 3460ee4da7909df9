"""Import a package without those of its parts that nothing here runs, and that take longer to import than the rest of it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from types import ModuleType
from typing import Any


@contextmanager
def without(*modules: str) -> Iterator[None]:
    """Let what is imported inside import names from some modules, which are loaded when such a name is first called.

    Modules that are loaded already stay as they are, and afterwards all can be imported as ever.
    """
    absent = {name: _stand_in(name) for name in modules if name not in sys.modules}
    sys.modules.update(absent)
    try:
        yield
    finally:
        for name, module in absent.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def _stand_in(name: str) -> ModuleType:
    def ask(wanted: str) -> Callable[..., Any]:
        if wanted.startswith("__"):
            raise AttributeError(wanted)
        return partial(_call, name, wanted)

    module = ModuleType(name)
    module.__getattr__ = ask  # type: ignore[method-assign]
    return module


def _call(module: str, name: str, *given: Any, **named: Any) -> Any:  # noqa: ANN401
    return getattr(import_module(module), name)(*given, **named)
