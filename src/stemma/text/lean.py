"""Import a package without those of its parts that nothing here runs, and that take longer to import than the rest of it."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
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
    def ask(wanted: str) -> type:
        if wanted.startswith("__"):
            raise AttributeError(wanted)
        # A class of which nothing is an instance: who imports a class asks of things whether they are.
        return type(wanted, (Exception,), {"__new__": lambda _, *given, **named: call(wanted, *given, **named)})

    def call(wanted: str, *given: Any, **named: Any) -> Any:  # noqa: ANN401
        if sys.modules.get(name) is module:
            del sys.modules[name]
        return getattr(import_module(name), wanted)(*given, **named)

    module = ModuleType(name)
    module.__getattr__ = ask  # type: ignore[method-assign]
    return module
