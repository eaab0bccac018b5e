"""Reads files of the studio with Datumaro. Usage: datumaro_reads.py FORMAT FOLDER, where FORMAT is its own word (cvat, mot_seq, coco, datumaro)."""
import sys

from datumaro.components.annotation import AnnotationType
from datumaro.components.dataset import Dataset

from found import Found

kind, folder = sys.argv[1:]
# Pictures are not written: boxes are all that is asked for.
dataset = Dataset.import_from(folder, kind)
labels = dataset.categories()[AnnotationType.label]
found = Found()
for item in dataset:
    frame = item.attributes.get("frame")
    name, _, last = item.id.rpartition("/")
    if kind == "mot_seq":
        frame = int(item.id) - 1
    elif frame is None and last != "video":
        frame = int(last.split("_")[-1])
    for one in item.annotations:
        word = labels[one.label].name
        about = one.attributes
        if one.type == AnnotationType.label:
            found.answer(name, word, about.get("value"))
        elif not about.get("outside", False):
            corners = [one.x, one.y, one.x + one.w, one.y + one.h]
            more = {"track": about.get("track_id"), "occluded": bool(about.get("occluded", False))}
            found.box(name or item.subset, frame, word, corners, **more)
print(found)
