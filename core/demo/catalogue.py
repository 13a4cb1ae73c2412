"""Reads the demo's own data: names by country and the range of goods."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from core.demo.model import Country, Product


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files("core.demo").joinpath("data", name).read_text(encoding="utf-8"))


@cache
def countries() -> tuple[Country, ...]:
    """The countries people may come from, in the file's order."""
    return tuple(_country(code, entry) for code, entry in _data("people.toml").items())


def _country(code: str, entry: dict[str, Any]) -> Country:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()}
    return Country(code=code, **fields)


@cache
def products() -> tuple[Product, ...]:
    """The range of goods, in the file's order."""
    return tuple(
        Product(
            sku=entry["sku"],
            prices=entry["price"],
            prices_minor={currency: int(price.replace(".", "")) for currency, price in entry["price"].items()},
            cv=entry["cv"],
            qv=entry["qv"],
            points=entry["points"],
            redeem_points=entry.get("redeem_points"),
            stock=entry.get("stock"),
            names=entry["names"],
        )
        for entry in _data("products.toml")["products"]
    )


@cache
def sayings(table: str) -> dict[str, dict[str, str]]:
    """What the company says when it gives by hand, by occasion and language: `reasons` or `labels`."""
    said: dict[str, dict[str, str]] = _data("points.toml")[table]
    return said


def picture(sku: str) -> bytes | None:
    """What a product looks like, as PNG; None where nobody has drawn it."""
    file = files("core.demo").joinpath("data", "pictures", f"{sku.lower()}.png")
    return file.read_bytes() if file.is_file() else None
