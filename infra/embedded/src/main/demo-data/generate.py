#!/usr/bin/env python3
"""Writes the demo's trades and prices: one morning of two people on three markets, the same on every run.

Run from infra/embedded:

    python3 src/main/demo-data/generate.py
    python3 src/main/demo-data/expected.py > src/main/resources/demo/expected.csv

The order of the rows is the order of arrival. On purpose the trades hold short positions, flips through zero, fees in
the base currency, a rebate, one trade that is delivered twice (the same id) and one that arrives an hour late.
"""
import csv
import pathlib
import random
from datetime import datetime, timedelta, timezone
from decimal import Decimal

OUT = pathlib.Path(__file__).parents[1] / "resources" / "demo"
START = datetime(2026, 11, 20, 9, 0, 0, tzinfo=timezone.utc)
MARKETS = {  # first price, step of a price, decimals of a quantity, usual size
    "BTC-USD": (Decimal("91250.40"), Decimal("0.10"), 8, 0.4),
    "ETH-USD": (Decimal("3012.55"), Decimal("0.01"), 6, 5.0),
    "XRP-ETH": (Decimal("0.00071342"), Decimal("0.00000001"), 2, 900.0),
}
TRADES = 58
rng = random.Random(20261120)


def stamp(seconds, micros=0):
    return (START + timedelta(seconds=seconds, microseconds=micros)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def walk():
    """A price a minute for two hours on each market."""
    path = {}
    for symbol, (price, tick, _, _) in MARKETS.items():
        path[symbol] = []
        for _ in range(121):
            path[symbol].append(price)
            price = ((price * (1 + Decimal(rng.randint(-14, 14)) / 10000)) / tick).to_integral_value() * tick
    return path


def fee(symbol, side, quantity, price):
    base, quote = symbol.split("-")
    kind = rng.random()
    if kind < 0.2 and side == "BUY":
        return (quantity * Decimal("0.001")).normalize(), base
    if kind < 0.3:
        return -(quantity * price * Decimal("0.0002")).quantize(Decimal("0.00000001")), quote
    return (quantity * price * Decimal("0.0011")).quantize(Decimal("0.00000001")), quote


def one(number, path):
    symbol = rng.choice(list(MARKETS))
    _, _, decimals, size = MARKETS[symbol]
    at = 60 + number * 115 + rng.randint(0, 50)
    price = path[symbol][at // 60]
    quantity = Decimal(str(round(rng.uniform(0.1, 1.0) * size, decimals)))
    side = rng.choice(["BUY", "SELL"])
    amount, currency = fee(symbol, side, quantity, price)
    user = rng.choice("AB")
    return [f"t{number:02}", stamp(at, rng.randint(0, 999999)), user, symbol, side, f"{quantity:f}", f"{price:f}",
            f"{amount:f}", currency, rng.choice(["momentum", "reversion", ""])]


def main():
    path = walk()
    trades = [one(number, path) for number in range(TRADES)]
    trades.insert(21, trades[17])  # delivered twice
    trades.append(trades.pop(26))  # an hour late
    with open(OUT / "trades.csv", "w", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow("id time user symbol side quantity price fee fee_currency algorithm".split())
        rows.writerows(trades)
    with open(OUT / "prices.csv", "w", newline="") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow("time symbol price".split())
        for minute in range(0, 121, 8):
            for symbol in MARKETS:
                rows.writerow([stamp(minute * 60), symbol, f"{path[symbol][minute]:f}"])


if __name__ == "__main__":
    main()
