"""What the library returns is a record, and nobody changes a record."""

import dataclasses
import importlib
import inspect
import pkgutil

import pytest

import derivable

RECORDS = sorted(
    {
        value
        for module in pkgutil.walk_packages(derivable.__path__, "derivable.")
        if not module.name.endswith("__main__")
        for value in vars(importlib.import_module(module.name)).values()
        if isinstance(value, type)
        and dataclasses.is_dataclass(value)
        and not inspect.isabstract(value)
        and value.__module__.startswith("derivable.")
    },
    key=lambda record: (record.__module__, record.__name__),
)


def test_there_are_records():
    assert len(RECORDS) > 50


@pytest.mark.parametrize("record", RECORDS, ids=lambda r: r.__qualname__)
def test_a_record_cannot_be_changed(record):
    field = dataclasses.fields(record)[0].name
    made = object.__new__(record)
    with pytest.raises(dataclasses.FrozenInstanceError):
        setattr(made, field, 1)
