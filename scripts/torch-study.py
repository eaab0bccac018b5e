"""Trains a residual 3-D network of torchvision's kind, with a temporal stride, on clips that `torch-study.mjs clips` wrote,
and exports it as ONNX with a sample that its import is checked against.

    python3 scripts/torch-study.py FOLDER [epochs]
"""

import json
import math
import sys
from pathlib import Path

import numpy as np
import onnx
import torch
from torch import nn
from torchvision.models.video.resnet import BasicBlock, Conv3DSimple

folder, epochs = Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 6
about = json.loads((folder / "clips.json").read_text())
mean, std = (torch.tensor(about[key], dtype=torch.float32).view(1, 3, 1, 1, 1) for key in ("mean", "deviation"))
torch.manual_seed(0)


def part(name):
    one = next(p for p in about["parts"] if p["name"] == name)
    pixels = np.memmap(folder / f"{name}.raw", dtype=np.uint8, mode="r", shape=tuple(one["shape"]))
    return pixels, torch.tensor(one["labels"])


def clip(pixels):
    x = torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 4, 1, 2, 3).float() / 255
    return (x - mean) / std


class SmallResNet(nn.Module):
    """torchvision's r3d, narrow: stem of stride 1x2x2, blocks of stride 1, 2x2x2 and 1x2x2, mean, one layer."""

    def __init__(self, classes, widths=(16, 32, 48)):
        super().__init__()
        self.stem = nn.Sequential(
            nn.Conv3d(3, 16, 3, stride=(1, 2, 2), padding=1, bias=False), nn.BatchNorm3d(16), nn.ReLU()
        )
        strides, before, blocks = ((1, 1, 1), (2, 2, 2), (1, 2, 2)), 16, []
        for width, stride in zip(widths, strides):
            down = None
            if stride != (1, 1, 1) or before != width:
                down = nn.Sequential(nn.Conv3d(before, width, 1, stride=stride, bias=False), nn.BatchNorm3d(width))
            block = BasicBlock(before, width, Conv3DSimple, 1, down)
            block.conv1[0].stride = stride
            blocks.append(block)
            before = width
        self.blocks = nn.Sequential(*blocks)
        self.fc = nn.Linear(before, classes)

    def forward(self, x):
        return self.fc(self.blocks(self.stem(x)).mean((2, 3, 4)))


def accuracy(model, pixels, labels):
    model.eval()
    with torch.no_grad():
        said = torch.cat([model(clip(pixels[i : i + 16])).argmax(1) for i in range(0, len(labels), 16)])
    return (said == labels).float().mean().item()


(train, labels), (test, test_labels) = part("train"), part("test")
model = SmallResNet(int(test_labels.max()) + 1)
batch, count = 16, len(labels)
steps = epochs * math.ceil(count / batch)
optimizer = torch.optim.AdamW(model.parameters(), lr=4e-3, weight_decay=1e-3)
schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 4e-3, total_steps=steps, pct_start=0.15)
loss_of = nn.CrossEntropyLoss()
for epoch in range(epochs):
    model.train()
    order, losses = torch.randperm(count), []
    for i in range(0, count, batch):
        own = order[i : i + batch]
        loss = loss_of(model(clip(train[np.sort(own.numpy())])), labels[own.sort().values])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        losses.append(loss.item())
    print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, test accuracy {accuracy(model, test, test_labels):.4f}", flush=True)

model.eval()
sample = clip(test[:2])
file = folder / "net.onnx"
torch.onnx.export(model, (sample,), file, input_names=["clip"], output_names=["logits"], dynamic_shapes=[{0: torch.export.Dim("clips")}])
net = onnx.load(file)
for key, value in (("mean", about["mean"]), ("std", about["deviation"])):
    net.metadata_props.add(key=key, value=json.dumps(value))
onnx.save(net, file)
with torch.no_grad():
    np.savez(folder / "sample.npz", input=sample.numpy(), output=model(sample).numpy())
print(json.dumps({"accuracy": accuracy(model, test, test_labels), "parameters": sum(p.numel() for p in model.parameters())}))
