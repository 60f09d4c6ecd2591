"""The rule engine: a rule is a value that looks at one JSON value and yields what Slack would say against it.

Every wording marked "seen" below was reported by users of the real API; docs/block-kit.md lists each with its
source and says which wordings are this project's own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Problem:
    """One complaint about the value at a JSON pointer (RFC 6901); as a string it is Slack's own line."""

    text: str
    pointer: str

    def __str__(self) -> str:
        """Return the line as Slack puts it into `response_metadata.messages`."""
        return f"[ERROR] {self.text} [json-pointer:{self.pointer}]"


class Rule(Protocol):
    """Anything that can judge a JSON value."""

    def check(self, value: object, at: str) -> Iterator[Problem]:
        """Yield the problems of `value`, which stands at JSON pointer `at`; nothing when it is fine."""
        ...


Relation = Callable[[Json, str], Iterator[Problem]]
"""A rule between several fields of one object; it runs only when each field is fine on its own."""


@dataclass(frozen=True, slots=True)
class Form:
    """A named way of writing a string, such as `YYYY-MM-DD`."""

    name: str
    fits: Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class String:
    """A string of `min` to `max` code points, optionally in a given form."""

    max: int | None = None
    min: int = 1
    form: Form | None = None

    def check(self, value: object, at: str) -> Iterator[Problem]:
        """Yield "must be less than N+1 characters" and its kin (seen)."""
        if not isinstance(value, str):
            yield Problem("must provide a string", at)
        elif len(value) < self.min:
            yield Problem(f"must be more than {self.min - 1} characters", at)
        elif self.max is not None and len(value) > self.max:
            yield Problem(f"must be less than {self.max + 1} characters", at)
        elif self.form is not None and not self.form.fits(value):
            yield Problem(f"must be in the format {self.form.name}", at)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few fixed strings."""

    values: tuple[str, ...]

    def check(self, value: object, at: str) -> Iterator[Problem]:
        """Yield a problem naming the allowed strings (own wording)."""
        if not isinstance(value, str):
            yield Problem("must provide a string", at)
        elif value not in self.values:
            yield Problem(f"must be one of: {', '.join(self.values)}", at)


@dataclass(frozen=True, slots=True)
class Flag:
    """True or false."""

    def check(self, value: object, at: str) -> Iterator[Problem]:
        """Yield "must provide a boolean" (own wording, after the seen one for strings)."""
        if not isinstance(value, bool):
            yield Problem("must provide a boolean", at)


@dataclass(frozen=True, slots=True)
class Integer:
    """A whole number from `min` to `max`, both included."""

    min: int
    max: int | None = None

    def check(self, value: object, at: str) -> Iterator[Problem]:
        """Yield a problem for another type or a number out of range (own wording)."""
        if not isinstance(value, int) or isinstance(value, bool):
            yield Problem("must provide an integer", at)
        elif value < self.min:
            yield Problem(f"must be more than {self.min - 1}", at)
        elif self.max is not None and value > self.max:
            yield Problem(f"must be less than {self.max + 1}", at)


@dataclass(frozen=True, slots=True)
class Number:
    """Any JSON number."""

    def check(self, value: object, at: str) -> Iterator[Problem]:
        """Yield "must provide a number" (own wording)."""
        if not isinstance(value, int | float) or isinstance(value, bool):
            yield Problem("must provide a number", at)


@dataclass(frozen=True, slots=True)
class Nullable:
    """A value that may also be an explicit null, which Slack refuses nearly everywhere."""

    rule: Rule

    def check(self, value: object, at: str) -> Iterator[Problem]:
        """Yield the problems of the inner rule unless the value is null."""
        if value is not None:
            yield from self.rule.check(value, at)


@dataclass(frozen=True, slots=True)
class ListOf:
    """An array of `min` to `max` items; empty ones are for rich text only (python-slack-sdk#1576)."""

    item: Rule
    max: int | None = None
    min: int = 1

    def check(self, value: object, at: str) -> Iterator[Problem]:
        """Yield "no more than N items allowed" (seen), its counterpart (own), then the problems inside."""
        if not isinstance(value, list):
            yield Problem("must provide an array", at)
            return
        if len(value) < self.min:
            yield Problem(f"no less than {self.min} items allowed", at)
        if self.max is not None and len(value) > self.max:
            yield Problem(f"no more than {self.max} items allowed", at)
        for index, item in enumerate(value):
            yield from self.item.check(item, f"{at}/{index}")


@dataclass(frozen=True, slots=True)
class Object:
    """An object with these keys and no others (Slack's schema says additionalProperties: false)."""

    required: Mapping[str, Rule] = field(default_factory=dict)
    optional: Mapping[str, Rule] = field(default_factory=dict)
    relations: tuple[Relation, ...] = ()

    def check(self, value: object, at: str) -> Iterator[Problem]:
        """Yield missing and additional keys (seen), the problems of each field, then those between fields."""
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
            return
        found = [*self._keys(value, at), *self._fields(value, at)]
        yield from found
        if not found:
            for relation in self.relations:
                yield from relation(value, at)

    def _keys(self, value: Json, at: str) -> Iterator[Problem]:
        for key in self.required:
            if key not in value:
                yield Problem(f"missing required field: {key}", at)
        for key in value:
            if key not in self.required and key not in self.optional:
                yield Problem(f"invalid additional property: {key}", at)

    def _fields(self, value: Json, at: str) -> Iterator[Problem]:
        for rules in (self.required, self.optional):
            for key, rule in rules.items():
                if key in value:
                    yield from rule.check(value[key], f"{at}/{key}")


@dataclass(frozen=True, slots=True)
class Tagged:
    """An object whose `type` decides which rule applies."""

    kinds: Mapping[str, Rule]

    def check(self, value: object, at: str) -> Iterator[Problem]:
        """Yield "unsupported type: X" at the type (seen), or the problems of the rule for that type."""
        if not isinstance(value, dict):
            yield Problem("must provide an object", at)
        elif "type" not in value:
            yield Problem("missing required field: type", at)
        elif not isinstance(value["type"], str):
            yield Problem("must provide a string", f"{at}/type")
        elif value["type"] not in self.kinds:
            yield Problem(f"unsupported type: {value['type']}", f"{at}/type")
        else:
            yield from self.kinds[value["type"]].check(value, at)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """A place where Slack tries several schemas and announces first that none of them matched (seen)."""

    rule: Rule

    def check(self, value: object, at: str) -> Iterator[Problem]:
        """Yield "failed to match all allowed schemas" before the problems of the inner rule, if any."""
        found = list(self.rule.check(value, at))
        if found:
            yield Problem("failed to match all allowed schemas", at)
            yield from found


def typed(
    required: Mapping[str, Rule] | None = None,
    optional: Mapping[str, Rule] | None = None,
    relations: tuple[Relation, ...] = (),
) -> Object:
    """Return the rule of an object that stands under `Tagged`, which has already looked at its `type`."""
    return Object(required or {}, {"type": String(), **(optional or {})}, relations)


def exactly_one(first: str, second: str) -> Relation:
    """Return the relation "one of these two keys, never both" (own wording for both)."""

    def check(value: Json, at: str) -> Iterator[Problem]:
        if first in value and second in value:
            yield Problem(f"must define only one of `{first}` and `{second}`", at)
        yield from at_least_one(first, second)(value, at)

    return check


def at_least_one(*keys: str) -> Relation:
    """Return the relation "at least one of these keys" (the beginning of the wording is seen)."""
    names = " or ".join(f"`{key}`" for key in keys)

    def check(value: Json, at: str) -> Iterator[Problem]:
        if not any(key in value for key in keys):
            yield Problem(f"must define either {names}", at)

    return check
