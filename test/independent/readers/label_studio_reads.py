"""Reads a Label Studio JSON of the studio with the SDK's converter, and checks it against a labelling interface.

Usage: label_studio_reads.py FILE CONFIG (the interface as XML)
Prints the boxes of key frames (frames from 0, in percent) and the answers.
"""
import json
import sys
import tempfile
from pathlib import Path

from label_studio_sdk.converter import Converter
from label_studio_sdk.label_interface import LabelInterface

from found import Found

file, config = sys.argv[1:]
xml = Path(config).read_text(encoding="utf-8")
interface = LabelInterface(xml)
for task in json.loads(Path(file).read_text(encoding="utf-8")):
    if not interface.validate_task({"data": task["data"]}, validate_regions_only=False):
        raise SystemExit(f"the interface does not take the task {task['id']}")

found = Found()
with tempfile.TemporaryDirectory() as out:
    Converter(xml, "", download_resources=False).convert(file, out, "JSON_MIN", is_dir=False)
    [written] = Path(out).glob("*.json")
    for task in json.loads(written.read_text(encoding="utf-8")):
        for region in task.get("box", []):
            for entry in region["sequence"]:
                corners = [entry["x"], entry["y"], entry["x"] + entry["width"], entry["y"] + entry["height"]]
                more = {"enabled": entry["enabled"], "frames": region["framesCount"]}
                found.box(task["video"], entry["frame"] - 1, region["labels"][0], corners, **more)
        for value in ("present", "absent", "unsure"):
            said = task.get(f"attribute-{value}", [])
            choices = [said] if isinstance(said, str) else said.get("choices", []) if isinstance(said, dict) else said
            for choice in choices:
                found.answer(task["video"], choice, value)
print(found)
