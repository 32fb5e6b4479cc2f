#!/usr/bin/env python3
"""Prints what the demo's books must come to, computed apart from the services, in exact fractions.

Run from infra/embedded:

    python3 src/main/demo-data/expected.py > src/main/resources/demo/expected.csv

Method: every position is netted over a user's algorithms and matched first in, first out. A fee in the base currency
reduces what was bought and is an expense at the trade's price; others are expenses in the quote currency. What is
open is valued at the newest price. Of two rows with one id the first counts; rows are booked in order of their times.
Columns are exact: where a number has no end as a decimal, the script stops.
"""
import csv
import pathlib
from collections import defaultdict
from decimal import Decimal, getcontext
from fractions import Fraction

DEMO = pathlib.Path(__file__).parents[1] / "resources" / "demo"
getcontext().prec = 200
ZERO = Fraction(0)


def rows(name):
    with open(DEMO / name) as file:
        return list(csv.DictReader(file))


def first_copies(trades):
    copies = {}
    for trade in trades:
        copies.setdefault(trade["id"], trade)
    return sorted(copies.values(), key=lambda trade: trade["time"])


def match(lots, change, price):
    """Takes a signed change out of the oldest lots of the other sign; what is left of it becomes a lot."""
    gained = ZERO
    while change and lots and (lots[0][0] > 0) != (change > 0):
        held, paid = lots[0]
        size = min(abs(held), abs(change))
        direction = 1 if held > 0 else -1
        gained += direction * size * (price - paid)
        change += direction * size
        lots[0][0] = held - direction * size
        if not lots[0][0]:
            lots.pop(0)
    if change:
        lots.append([change, price])
    return gained


def decimal(value):
    text = Decimal(value.numerator) / Decimal(value.denominator)
    assert Fraction(text) == value, "a number without an end"
    return f"{text.normalize():f}"


def main():
    lots, gross, fees = defaultdict(list), defaultdict(Fraction), defaultdict(Fraction)
    for trade in first_copies(rows("trades.csv")):
        base, quote = trade["symbol"].split("-")
        purse = trade["user"], quote
        price, fee = Fraction(trade["price"]), Fraction(trade["fee"])
        change = Fraction(trade["quantity"]) * (1 if trade["side"] == "BUY" else -1)
        if trade["fee_currency"] == base:
            change -= fee
            fees[purse] += fee * price
        else:
            assert trade["fee_currency"] == quote
            fees[purse] += fee
        gross[purse] += match(lots[trade["user"], trade["symbol"]], change, price)
    marks = {row["symbol"]: Fraction(row["price"]) for row in sorted(rows("prices.csv"), key=lambda row: row["time"])}
    unrealized = defaultdict(Fraction)
    for (user, symbol), open_lots in lots.items():
        purse = user, symbol.split("-")[1]
        unrealized[purse] += sum((held * (marks[symbol] - paid) for held, paid in open_lots), ZERO)
    print("user,quote_currency,realized_gross,fees,realized_net,unrealized_gross")
    for purse in sorted(gross):
        figures = gross[purse], fees[purse], gross[purse] - fees[purse], unrealized[purse]
        print(",".join([*purse, *map(decimal, figures)]))


if __name__ == "__main__":
    main()
