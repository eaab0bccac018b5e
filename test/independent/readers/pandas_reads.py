"""Reads the tables of the studio with pandas. Usage: pandas_reads.py FOLDER KIND (parquet or csv)

Prints for each table its number of rows, its columns with the kind of each, and its first row.
"""
import json
import sys
from pathlib import Path

import pandas as pd

folder, kind = sys.argv[1:]
found = {}
for file in sorted(Path(folder).glob(f"*.{kind}")):
    frame = pd.read_parquet(file) if kind == "parquet" else pd.read_csv(file)
    columns = {name: str(frame[name].dtype) for name in frame.columns}
    first = json.loads(frame.head(1).to_json(orient="records"))
    found[file.stem] = {"rows": len(frame), "columns": columns, "first": first[0] if first else None}
print(json.dumps(found))
