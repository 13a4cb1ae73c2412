"""Codes of people, for rooms whose statements name many of them: a look for each page costs as much as the page."""

from sqlalchemy import TableClause, column, table

CODES: TableClause = table("person", column("id"), column("code"))
"""Number and code of everybody."""
