"""Reads files of the studio with DIVE's own models and readers (github.com/Kitware/dive, server/dive_utils).

Usage: dive_reads.py DIVE_SERVER_FOLDER FILE (.json or .csv)
"""
import csv
import json
import sys
from unittest.mock import MagicMock

server, file = sys.argv[1:]
# Its server (girder) is not asked; only its models and readers are.
for module in ("girder", "girder.api", "girder.api.rest", "girder.constants", "girder.models", "girder.models.file",
               "girder.models.folder", "girder.models.item", "girder.models.token", "girder.models.user",
               "girder.exceptions", "girder.utility", "girder.utility.model_importer"):
    sys.modules[module] = MagicMock()
sys.path.insert(0, server)
from dive_utils.models import Track, interpolate
from dive_utils.serializers import dive, viame

from found import Found

with open(file, encoding="utf-8", newline="") as opened:
    if file.endswith(".json"):
        read = dive.migrate(json.load(opened))
        fps = read.get("fps")
    else:
        read, _, warnings, fps, _ = viame.load_csv_as_tracks_and_attributes(opened.readlines())
        if warnings:
            raise SystemExit(str(warnings))

found = Found()
for key, one in read["tracks"].items():
    track = Track(**one)
    for i, feature in enumerate(track.features):
        following = track.features[i + 1] if i + 1 < len(track.features) else None
        between = interpolate(feature, following) if feature.interpolate and following else [feature]
        for shown in between:
            more = {"track": key, "occluded": bool((feature.attributes or {}).get("occluded", False)), "fps": fps}
            found.box("", shown.frame, track.confidencePairs[0][0], shown.bounds, **more)
print(found)
