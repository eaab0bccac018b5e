"""What every reader script prints: the boxes it found, by video and frame from 0, as one JSON object."""
import json
from collections import defaultdict


class Found:
    def __init__(self):
        self.videos = defaultdict(list)
        self.answers = defaultdict(list)

    def box(self, video, frame, label, corners, **more):
        corners = [round(float(value), 4) for value in corners]
        self.videos[video].append({"frame": int(frame), "label": label, "box": corners, **more})

    def answer(self, video, attribute, value):
        self.answers[video].append([attribute, value])

    def __str__(self):
        return json.dumps({"videos": self.videos, "answers": self.answers}, ensure_ascii=False)
