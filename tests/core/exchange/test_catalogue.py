from decimal import Decimal

from core.catalog import service as catalog
from core.catalog.model import Product
from core.db.database import Database
from tests.core.exchange.conftest import Importing
from tests.core.exchange.test_people import faults, notices

PRODUCTS = """
    sku,name,price,currency,cv,qv,points,redeem_points,name_es,name_pt_BR
    TEA,Tea,0.0851,GBP,0.05,1.5,3,90,Té,Chá
    D,Discount,0.00,GBP,,,,,,
    CUP,Cup,4,USD,,,,,Taza,
    CUP,Cup,4.0,USD,,,,,Taza,
"""
RATES = "date,from,to,rate\n2026-01-01,USD,EUR,0.9\n2026-02-01,USD,EUR,0.912345678\n"


async def test_products_come_in_to_the_last_decimal(database: Database, importing: Importing) -> None:
    outcome = await importing("products", PRODUCTS)
    assert (outcome.lines, outcome.added) == (4, 3)
    assert notices(outcome) == [
        ("import_price_zero", ["3"]),
        ("import_service_product", ["3"]),
        ("import_product_twice", ["5"]),
    ]
    async with database.read() as uow:
        known = await catalog.all_products(uow)
    assert known["TEA"] == Product(
        sku="TEA",
        name="Tea",
        price=Decimal("0.0851"),
        currency="GBP",
        cv=Decimal("0.05"),
        qv=Decimal("1.5"),
        points=3,
        redeem_points=90,
        names={"es": "Té", "pt-BR": "Chá"},
    )
    assert known["D"].service


async def test_the_same_products_twice_change_nothing(importing: Importing) -> None:
    await importing("products", PRODUCTS)
    again = await importing("products", PRODUCTS)
    assert (again.added, again.changed, again.unchanged) == (0, 0, 3)


async def test_a_column_that_a_file_lacks_stays_as_it_is_known(database: Database, importing: Importing) -> None:
    await importing("products", PRODUCTS)
    outcome = await importing("products", "sku,name,price,currency\nTEA,Tea,0.09,GBP\nCUP,Cup,4,USD\n")
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 1, 1)
    async with database.read() as uow:
        tea = (await catalog.all_products(uow))["TEA"]
    assert (tea.price, tea.points, tea.qv, tea.names) == (
        Decimal("0.09"),
        3,
        Decimal("1.5"),
        {"es": "Té", "pt-BR": "Chá"},
    )


async def test_faults_of_products_are_told_at_once(importing: Importing) -> None:
    outcome = await importing(
        "products",
        """
        sku,name,price,currency,cv,points
        ,,free,XXQ,-1,many
        TEA,Tea,1,EUR,,
        TEA,Tea,2,EUR,,
        """,
    )
    assert faults(outcome) == [
        ("import_value_missing", 2, "sku"),
        ("import_value_missing", 2, "name"),
        ("import_price_wrong", 2, "price"),
        ("import_currency_wrong", 2, "currency"),
        ("import_volume_wrong", 2, "cv"),
        ("import_whole_number_wrong", 2, "points"),
        ("import_product_differs", 4, "sku"),
    ]


async def test_rates_come_in_once(database: Database, importing: Importing) -> None:
    assert (await importing("rates", RATES)).added == 2
    again = await importing("rates", RATES + "2026-03-01,USD,EUR,0.92\n")
    assert (again.added, again.unchanged) == (1, 2)
    async with database.read() as uow:
        assert [rate.rate for rate in await catalog.all_rates(uow)] == [
            Decimal("0.9"),
            Decimal("0.912345678"),
            Decimal("0.92"),
        ]


async def test_a_known_rate_is_never_changed(importing: Importing) -> None:
    await importing("rates", RATES)
    assert faults(await importing("rates", RATES.replace("0.9\n", "0.91\n"))) == [("import_rate_differs", 2, "rate")]


async def test_faults_of_rates_are_told_at_once(importing: Importing) -> None:
    outcome = await importing("rates", "date,from,to,rate\ntoday,US,EUR,0\n2026-01-01,EUR,EUR,1\n")
    assert faults(outcome) == [
        ("import_day_wrong", 2, "date"),
        ("import_currency_wrong", 2, "from"),
        ("import_rate_wrong", 2, "rate"),
        ("import_rate_to_itself", 3, "to"),
    ]
