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
    lists = ("languages", "female", "male", "family", "towns")
    return tuple(
        Country(code=code, **{key: tuple(value) if key in lists else value for key, value in entry.items()})
        for code, entry in _data("people.toml").items()
    )


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
            names=entry["names"],
        )
        for entry in _data("products.toml")["products"]
    )
