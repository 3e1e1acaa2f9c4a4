"""Units of measure, as data: the dimension that each belongs to and its size in the base unit.

A dimension is what may be compared: 640 grams and 0.64 kg, not 640 grams and 640 ml. Every
currency is a dimension of its own, as rates change.
"""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    Attributes:
        dimension: What it measures; amounts of one dimension can be compared.
        factor: Its size in the dimension's base unit.
        offset: What is added after the factor (for temperatures).
        loose: Relative error that comes with it: a month has 28 to 31 days.
    """

    dimension: str
    factor: float
    offset: float = 0.0
    loose: float = 0.0


_DAY = 86400.0
_TABLE: dict[str, tuple[tuple[float, str], ...]] = {
    "length": (
        (0.001, "mm millimetre millimeter"),
        (0.01, "cm centimetre centimeter"),
        (1, "m metre meter"),
        (1000, "km kilometre kilometer"),
        (0.0254, "inch inches in. ″"),
        (0.3048, "ft foot feet"),
        (0.9144, "yd yard"),
        (1609.344, "mi mile"),
    ),
    "mass": (
        (0.001, "mg milligram milligramme"),
        (1, "g gr gram gramme"),
        (1000, "kg kilo kilogram kilogramme"),
        (1e6, "tonne"),
        (453.592, "lb lbs pound"),
        (28.3495, "oz ounce"),
        (1e-6, "µg mcg microgram"),
    ),
    "volume": (
        (0.001, "ml millilitre milliliter"),
        (0.01, "cl centilitre centiliter"),
        (1, "l litre liter"),
        (3.78541, "gallon gal us-gallon"),
        (0.568261, "pint"),
        (1000, "m³ cubic-metre cubic-meter"),
        (0.0295735, "fluid-ounce fl-oz"),
        (0.00492892, "teaspoon tsp"),
        (0.0147868, "tablespoon tbsp"),
    ),
    "area": (
        (1, "m² sqm square-metre square-meter"),
        (1e4, "hectare ha"),
        (1e6, "km² square-kilometre square-kilometer"),
        (4046.86, "acre"),
        (0.092903, "ft² sq-ft square-foot square-feet"),
        (2.58999e6, "square-mile"),
    ),
    "pressure": (
        (1e5, "bar"),
        (6894.76, "psi"),
        (100, "hpa mbar millibar"),
        (1000, "kpa kilopascal"),
    ),
    "time": (
        (0.001, "ms millisecond"),
        (1, "s sec second"),
        (60, "min minute"),
        (3600, "h hr hour"),
        (_DAY, "day calendar-day"),
        (7 * _DAY, "week"),
    ),
    "working time": (
        (1, "working-day business-day workday"),
        (0.125, "working-hour business-hour"),
    ),
    "data": (
        (1, "bit"),
        (1e3, "kilobit"),
        (1e6, "megabit"),
        (1e9, "gigabit"),
        (8, "byte"),
        (8e3, "kb kilobyte"),
        (8e6, "mb megabyte"),
        (8e9, "gb gigabyte"),
        (8e12, "tb terabyte"),
    ),
    "data rate": (
        (1e3, "kbit/s kbps"),
        (1e6, "mbit/s mbps"),
        (1e9, "gbit/s gbps"),
    ),
    "speed": ((1, "km/h kph kmh"), (1.609344, "mph"), (3.6, "m/s")),
    "power": ((1, "w watt"), (1000, "kw kilowatt"), (1e6, "mw megawatt")),
    "energy": ((1, "wh"), (1000, "kwh"), (1e6, "mwh")),
    "food energy": ((1, "kcal kilocalorie calorie"), (0.239006, "kj kilojoule")),
    "light": ((1, "lm lumen"),),
    "sound": ((1, "db decibel"),),
    "charge": ((1, "mah"), (1000, "ah")),
    "voltage": ((1, "v volt"), (1000, "kv")),
    "frequency": ((1, "hz hertz"), (1e3, "khz"), (1e6, "mhz"), (1e9, "ghz")),
    "pixels": ((1, "px pixel"), (1e6, "megapixel")),
    "money:eur": ((1, "€ eur euro"), (0.01, "euro-cent")),
    "money:usd": ((1, "$ us$ usd dollar us-dollar"), (0.01, "cent")),
    "money:gbp": ((1, "£ gbp"), (0.01, "penny pence")),
    "money:jpy": ((1, "¥ jpy yen"),),
    "money:chf": ((1, "chf franc"),),
    "money:kr": ((1, "kr sek nok dkk krona kronor krone kroner"),),
    "money:inr": ((1, "₹ inr rupee"),),
    "money:pln": ((1, "pln zloty"),),
    "money:zar": ((1, "rand"),),
    "percent": ((1, "% percent per-cent pct"),),
    "percentage points": ((1, "percentage-point"),),
}
_LOOSE = {
    "month": Unit("time", 30.4375 * _DAY, loose=0.05),
    "year": Unit("time", 365.25 * _DAY, loose=0.02),
    "decade": Unit("time", 3652.5 * _DAY, loose=0.02),
}
_WARMTH = {
    "°c": Unit("temperature", 1.0, 0.0),
    "celsius": Unit("temperature", 1.0, 0.0),
    "°f": Unit("temperature", 5 / 9, -160 / 9),
    "fahrenheit": Unit("temperature", 5 / 9, -160 / 9),
    "kelvin": Unit("temperature", 1.0, -273.15),
}


def _units() -> dict[str, Unit]:
    units = {**_WARMTH, "°": Unit("degrees", 1.0), "degree": Unit("degrees", 1.0)}
    for dimension, rows in _TABLE.items():
        for factor, names in rows:
            for name in names.split():
                units.setdefault(name.replace("-", " "), Unit(dimension, factor))
    units.update(_LOOSE)
    plurals = {f"{name}s": unit for name, unit in units.items() if len(name) > 2}
    plurals |= {
        "hrs": units["hr"],
        "mins": units["min"],
        "secs": units["sec"],
        "pence": units["pence"],
    }
    return (
        plurals
        | units
        | {
            "degrees celsius": _WARMTH["°c"],
            "degrees fahrenheit": _WARMTH["°f"],
            "degrees c": _WARMTH["°c"],
            "degrees f": _WARMTH["°f"],
            "gigabit per second": units["gbit/s"],
            "megabits per second": units["mbit/s"],
            "kilometres per hour": units["km/h"],
            "kilometers per hour": units["km/h"],
            "miles per hour": units["mph"],
            "miles an hour": units["mph"],
            "° c": _WARMTH["°c"],
            "° f": _WARMTH["°f"],
            "gib": Unit("data", 8 * 1024**3),
            "mib": Unit("data", 8 * 1024**2),
            "british pounds": Unit("money:gbp", 1.0),
            "us dollars": Unit("money:usd", 1.0),
        }
    )


UNITS = _units()
"""A unit's name, folded, to what it measures."""

PATTERN = "|".join(re.escape(name) for name in sorted(UNITS, key=len, reverse=True))
"""An alternation of all units' names, the longest first."""


# 'Costs' says nothing beside '5 euros' that 'is' does not; 'wide' says which length.
IMPLIED = {
    "money": "cost price pay charge fee amount total worth sell",
    "area": "size area cover spread big",
    "pressure": "pressure",
    "time": "take last long duration need period within",
    "working time": "take last long duration need period within",
    "mass": "weigh weight heavy",
    "volume": "hold capacity contain volume",
    "data": "size capacity",
    "data rate": "speed rate reach",
    "speed": "speed drive go",
    "temperature": "temperature warm hot heat",
    "percent": "rate share percentage pay",
    "percentage points": "",
    "date": "date day month year",
    "clock": "time hour open close start begin end finish clock",
    "colour": "colour color",
    "language": "language",
    "material": "material make",
    "charge": "capacity hold",
}
"""Words that a dimension implies, so that they need not be said on both sides."""
