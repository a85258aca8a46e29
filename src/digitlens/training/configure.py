"""Configure: defaults, a preset, a TOML file and `key=value` pairs become a recipe.

Each overrides those before it. A key that no setting has is an error that suggests the right one:
a misspelt setting that is silently ignored costs a night of training.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal, get_args, get_origin, get_type_hints

from digitlens.errors import InvalidInput
from digitlens.training.recipe import Recipe

_PRESETS = Path(__file__).parent / "presets"
_FOR = "for"  # the table of a preset that holds what differs for single networks


def presets() -> list[str]:
    """Names of the presets."""
    return sorted(path.stem for path in _PRESETS.glob("*.toml"))


def configure(
    preset: str | None = None,
    file: Path | None = None,
    pairs: Sequence[str] = (),
    model: str | None = None,
) -> Recipe:
    """Put a recipe together.

    Args:
        preset: Name of a preset.
        file: TOML with the same keys as `Recipe`; a `[augmentation]` table has those of it.
        pairs: `key=value`, the value as TOML or, where it is text, as it is;
            `augmentation.rotation=5` reaches into the table.
        model: Name of the architecture, or a learner's file.

    Raises:
        InvalidInput: An unknown key or preset, or a value that its key cannot have.
    """
    settings: dict[str, Any] = {}
    special: dict[str, Any] = {}
    if preset is not None:
        settings = _read(_preset(preset), f"preset {preset}")
        special = settings.pop(_FOR, {})
    if file is not None:
        settings = _merge(settings, _read(file, str(file)))
    given = _parse(pairs)
    chosen = model or given.get("model") or settings.get("model") or Recipe().model
    settings = _merge(settings, special.get(chosen, {}))
    settings = _merge(settings, given) | {"model": chosen}
    recipe: Recipe = apply(Recipe(), settings)
    return recipe


def apply(base: Any, settings: Mapping[str, Any], prefix: str = "") -> Any:
    """Replace fields of a dataclass, each checked against its type.

    Raises:
        InvalidInput: A key that is no field, or a value that it cannot have.
    """
    kinds = get_type_hints(type(base))
    changes = {}
    for key, value in settings.items():
        if key not in kinds:
            raise _unknown(prefix + key, [prefix + f.name for f in fields(base)])
        old = getattr(base, key)
        if is_dataclass(old) and isinstance(value, Mapping):
            changes[key] = apply(old, value, f"{prefix}{key}.")
        else:
            changes[key] = _check(prefix + key, kinds[key], value)
    return replace(base, **changes)


def to_toml(recipe: Recipe) -> str:
    """Write a recipe as the TOML that `configure` takes."""
    return "\n".join(_lines(recipe.as_dict())) + "\n"


def _lines(settings: Mapping[str, Any]) -> Iterator[str]:
    tables = {key: value for key, value in settings.items() if isinstance(value, Mapping)}
    for key, value in settings.items():
        if key not in tables:
            yield f"{key} = {_literal(value)}"
    for key, value in tables.items():
        yield f"\n[{key}]"
        yield from _lines(value)


def _literal(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{escaped}"'
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_literal(one) for one in value) + "]"
    return repr(value)


def _preset(name: str) -> Path:
    if name not in presets():
        raise InvalidInput("preset", "one of " + ", ".join(presets()), name)
    return _PRESETS / f"{name}.toml"


def _read(path: Path, what: str) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InvalidInput("configuration", "a TOML file", f"{what}: {error.strerror}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput("configuration", "TOML", f"{what}: {error}") from error


def _parse(pairs: Sequence[str]) -> dict[str, Any]:
    settings: dict[str, Any] = {}
    for pair in pairs:
        key, equals, text = pair.partition("=")
        if not equals or not key:
            raise InvalidInput("setting", "key=value, such as epochs=20", repr(pair))
        nested: Any = _value(text)
        for name in reversed(key.strip().split(".")):
            nested = {name: nested}
        settings = _merge(settings, nested)
    return settings


def _value(text: str) -> Any:
    try:
        return tomllib.loads(f"value = {text}")["value"]
    except tomllib.TOMLDecodeError:
        return text  # epochs=20 is a number, schedule=cosine a word: it needs no quotes


def _merge(base: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in changes.items():
        old = merged.get(key)
        both = isinstance(old, Mapping) and isinstance(value, Mapping)
        merged[key] = _merge(old, value) if both else value  # type: ignore[arg-type] # as `both` says
    return merged


def _check(key: str, kind: Any, value: Any) -> Any:
    if get_origin(kind) is Literal:
        if value not in get_args(kind):
            raise InvalidInput(key, "one of " + ", ".join(get_args(kind)), repr(value))
        return value
    if get_origin(kind) is tuple:
        values = [value] if isinstance(value, str) else value
        least = 0 if key in _MAY_BE_EMPTY else 1
        is_list = isinstance(values, list | tuple) and len(values) >= least
        if not is_list or not all(isinstance(v, str) for v in values):
            raise InvalidInput(key, "a list of texts" + ", at least one" * least, repr(value))
        return tuple(values)
    return _check_plain(key, kind, value)


def _check_plain(key: str, kind: Any, value: Any) -> Any:
    if kind is float and type(value) is int:
        value = float(value)
    if type(value) is not kind:
        names = {int: "a whole number", float: "a number", bool: "true or false", str: "a text"}
        raise InvalidInput(key, names.get(kind, "a table"), repr(value))
    least = _LEAST.get(key)
    if kind in (int, float) and not value >= (0 if least is None else least):
        raise InvalidInput(key, f"at least {least or 0}", repr(value))
    if key in _SHARES and value > 1:
        raise InvalidInput(key, "a share from 0 to 1", repr(value))
    return value


_MAY_BE_EMPTY = {"teachers"}
_SHARES = {"averaged", "taught"}
_LEAST = {"epochs": 1, "batch": 1, "devices": 1, "held_out": 10, "rate": 1e-9}


def _unknown(key: str, known: list[str]) -> InvalidInput:
    close = get_close_matches(key, known, n=1)
    hint = f" (did you mean {close[0]}?)" if close else ""
    return InvalidInput("setting", "one of " + ", ".join(known), f"{key}{hint}")
