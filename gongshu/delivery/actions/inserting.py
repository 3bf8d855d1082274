"""Writing many rows in one statement, alike on both databases."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, models
from django.db.models import Value
from django.db.models.expressions import BaseExpression, Combinable


def insert_select(model: type[models.Model], columns: Mapping[str, Any], rows: models.QuerySet[Any]) -> int:
    """Insert one row of `model` for each of `rows`, leaving alone what is there already; return how many were new.

    `columns` maps every field name but the key to a plain value or an expression over `rows`.
    """
    fields = {field.name: field for field in model._meta.concrete_fields}
    picked = [_expression(fields[name], value) for name, value in columns.items()]
    query = rows.order_by().values_list(*picked).query
    select, params = query.get_compiler(connection=connection).as_sql()
    quote = connection.ops.quote_name
    into = ", ".join(quote(str(fields[name].column)) for name in columns)
    # only table and column names of our own models are put into the text
    sql = f"INSERT INTO {quote(model._meta.db_table)} ({into}) {select} ON CONFLICT DO NOTHING"
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        count: int = cursor.rowcount
    return count


def _expression(field: models.Field[Any, Any], value: Any) -> Any:
    if isinstance(value, BaseExpression | Combinable):
        return value
    kind = field.target_field if isinstance(field, models.ForeignKey) else field
    return Value(value, output_field=kind)
