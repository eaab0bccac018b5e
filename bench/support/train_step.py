"""The network of bench/train-step.ts in PyTorch. Reads commands from standard input, one a line, and answers each with
one line of JSON: `forward|step default|channels_last COUNT` gives COUNT times in milliseconds."""

import json
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

spec = json.loads(sys.argv[1])
if spec["threads"]:
    torch.set_num_threads(spec["threads"])
device = spec["device"]
if device == "cuda":
    # The fastest that PyTorch offers without changing the program: tuned kernels, and TF32 as TensorFlow uses it unless
    # NVIDIA_TF32_OVERRIDE=0 turns it off for both.
    torch.backends.cudnn.benchmark = True
    torch.backends.cuda.matmul.allow_tf32 = True


class C3dResnet(nn.Module):
    def __init__(self):
        super().__init__()
        convs = [layer for layer in spec["layers"] if layer["kind"] == "conv"]
        self.convs = nn.ModuleDict({
            layer["name"].replace(".", "_"): nn.Conv3d(layer["in"], layer["out"], 3, padding=1, bias=False)
            for layer in convs
        })
        self.norms = nn.ModuleDict({
            layer["name"].replace(".", "_"): nn.BatchNorm3d(layer["out"], eps=1e-3, momentum=0.1) for layer in convs
        })
        self.fc = nn.Linear(convs[-1]["out"], spec["classes"])

    def forward(self, x):
        shortcut = None
        for layer in spec["layers"]:
            if layer["kind"] == "pool":
                x = F.max_pool3d(x, (1, layer["size"], layer["size"]))
                continue
            name = layer["name"].replace(".", "_")
            if name.endswith("conv1"):
                shortcut = x
            y = self.norms[name](self.convs[name](x))
            if name.endswith("conv2"):
                missing = layer["out"] - shortcut.shape[1]
                y = y + (F.pad(shortcut, (0, 0, 0, 0, 0, 0, 0, missing)) if missing else shortcut)
            x = F.relu(y)
        return self.fc(x.mean((2, 3, 4)))


def contender(channels_last):
    torch.manual_seed(0)
    model = C3dResnet().to(device)
    x = torch.randn(spec["batch"], 3, spec["frames"], spec["size"], spec["size"]).to(device)
    if channels_last:
        model = model.to(memory_format=torch.channels_last_3d)
        x = x.to(memory_format=torch.channels_last_3d)
    decays = [p for n, p in model.named_parameters() if p.dim() > 1]
    others = [p for n, p in model.named_parameters() if p.dim() == 1]
    optimizer = torch.optim.SGD(
        [{"params": decays, "weight_decay": spec["weightDecay"]}, {"params": others}], lr=0.01, momentum=0.9
    )
    labels = (torch.arange(spec["batch"]) % spec["classes"]).to(device)

    def forward():
        model.eval()
        with torch.inference_mode():
            return model(x).sum().item()

    def step():
        model.train()
        optimizer.zero_grad()
        loss = F.cross_entropy(model(x), labels)
        loss.backward()
        optimizer.step()
        return loss.item()

    return {"forward": forward, "step": step}


contenders = {"default": contender(False), "channels_last": contender(True)}
name = torch.cuda.get_device_name() if device == "cuda" else "cpu"
print(json.dumps({"version": torch.__version__, "threads": torch.get_num_threads(), "device": name}), flush=True)
for line in sys.stdin:
    what, layout, count = line.split()
    times = []
    for _ in range(int(count)):
        started = time.perf_counter()
        contenders[layout][what]()
        times.append((time.perf_counter() - started) * 1000)
    print(json.dumps(times), flush=True)
