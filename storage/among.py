"""Rows of some people out of many, asked for in the way that costs the database at hand least."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Select, String, any_, bindparam


def among(query: Select[Any], column: ColumnElement[str]) -> Mapping[str, Select[Any]]:
    """The query for rows whose column is one of `ids`, by dialect; `ids` are given as a list.

    PostgreSQL takes a list as one parameter, and its driver takes long to name hundreds of them.
    """
    listed = bindparam("ids", type_=ARRAY(String))
    return {
        "sqlite": query.where(column.in_(bindparam("ids", expanding=True))),
        "postgresql": query.where(column == any_(listed)),
    }
