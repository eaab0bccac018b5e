"""Makes the table of an evaluation again from its exported rows, with definitions written down here and nothing of the studio's code.

Usage: table.py rows.json   (written by `whynot evaluate --rows rows.json`)
Prints one JSON object: how many values were compared, and those that differ.
"""
import json
import sys

import numpy as np

with open(sys.argv[1], encoding="utf-8") as file:
    exported = json.load(file)


def hit(row, k):
    """NCA top-k; ties share the places they stand on."""
    if row["negRank"] is None:
        return None
    ties = row["negTies"] or 0
    places_before = row["negRank"] - 1 - ties / 2
    return float(np.clip((k - places_before) / (ties + 1), 0, 1))


def concept(row, k):
    if row["method"] == "classPrior" or row["pos"] != row["label"]:
        return None
    return float(row["hitRank"] is not None and row["hitRank"] <= k)


def after(row, value):
    return None if row["posAfter"] is None else value(row["posBefore"], row["posAfter"])


def beside_second(row, agreeing):
    if row["agreement"] is None or (row["agreement"] >= 0.25) != agreeing:
        return None
    return hit(row, 1)


named_place = lambda row: row["method"] != "classPrior"
METRICS = {
    "rightAttribute": lambda row: row["right"],
    "probabilityDecrease": lambda row: after(row, lambda before, now: now < before),
    "relativeDrop": lambda row: after(row, lambda before, now: (before - now) / before),
    "tubeIou": lambda row: row["iou"] if row["hasBoxes"] and named_place(row) else None,
    "falseEvidence": lambda row: row["supported"] if row["right"] is None else None,
    "missedEvidence": lambda row: None if row["right"] is None or row["supported"] is None else not row["supported"],
    "areaRatio": lambda row: row["area"],
    "agreement": lambda row: row["agreement"],
    "ncaTop1Agreeing": lambda row: beside_second(row, True),
    "ncaTop1Apart": lambda row: beside_second(row, False),
    "notAnnotated": lambda row: not row["assigned"] if named_place(row) else None,
}
for k in exported["config"]["top"]:
    METRICS[f"ncaTop{k}"] = lambda row, k=k: hit(row, k)
    METRICS[f"conceptTop{k}"] = lambda row, k=k: concept(row, k)

compared, wrong = 0, []
for column in exported["columns"]:
    best = [row for row in exported["rows"] if row["method"] == column["method"] and row["rank"] == 0]
    for key, stored in column["metrics"].items():
        if key not in METRICS:
            continue
        values = [value for value in map(METRICS[key], best) if value is not None]
        mean = float(np.mean(np.asarray(values, dtype=np.float64))) if values else None
        compared += 1
        if len(values) != stored["count"] or mean is None or abs(mean - stored["value"]) > 1e-9:
            wrong.append([column["method"], key, mean, len(values), stored["value"], stored["count"]])

print(json.dumps({"compared": compared, "wrong": wrong}))
