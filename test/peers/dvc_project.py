"""Makes a DVC project with what readers get wrong, or prints what DVC itself reads in one, commit by commit."""
import json
import math
import os
import subprocess
import sys


def run(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)


def write(path, text):
    os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
    with open(path, "w", newline="\n") as file:
        file.write(text)


def commit(subject):
    run("git", "add", "-A")
    run("git", "commit", "-q", "--no-verify", "-m", subject)


STAGES = """
vars:
  - eval_dir: eval
  - extra.yaml
stages:
  train:
    cmd: python train.py
    params:
      - lr
      - model.depth
      - other.toml:
          - net.width
    outs:
      - model.bin
    metrics:
      - ${eval_dir}/train.json:
          cache: false
      - tracked.json
  each:
    foreach: ${names}
    do:
      cmd: python each.py ${item}
      metrics:
        - ${eval_dir}/${item}.yaml:
            cache: false
  grid:
    matrix:
      size: [s, l]
    cmd: python grid.py ${item.size}
    metrics:
      - grid-${item.size}.toml:
          cache: false
metrics:
  - shared.json
artifacts:
  churn:
    path: model.bin
    type: model
  folder-model:
    path: folder
"""

SCRIPTS = {
    "train.py": """
import json, os
os.makedirs('eval', exist_ok=True)
json.dump({'loss': 0.25, 'deep': {'auc': 0.9, 'list': [1, 2], 'name': 'text', 'none': None}, 'same': 1}, open('eval/train.json', 'w'))
json.dump({'tracked': 0.125, 'large': 1e300, 'whole': 7}, open('tracked.json', 'w'))
open('model.bin', 'wb').write(bytes(range(256)) * 40)
""",
    "each.py": """
import sys
open(f'eval/{sys.argv[1]}.yaml', 'w').write(f'{sys.argv[1]}:\\n  f1: 0.5\\n  exp: 1e-3\\n  inf: .inf\\n  octal: 010\\n  yes_is_text: yes\\n  base: &x {{a: 1}}\\n  again: *x\\n')
""",
    "grid.py": """
import sys
open(f'grid-{sys.argv[1]}.toml', 'w').write(f'[{sys.argv[1]}]\\nscore = 0.75\\nbig = 1_000\\nday = 2024-01-01\\n')
""",
}


def make(folder):
    os.makedirs(folder, exist_ok=True)
    os.chdir(folder)
    run("git", "init", "-q", "-b", "main")
    run("git", "config", "user.name", "Ana Lyst")
    run("git", "config", "user.email", "ana@acme.example")
    run("git", "config", "commit.gpgsign", "false")
    run("dvc", "init", "-q")
    run("dvc", "config", "core.analytics", "false")
    for name, text in SCRIPTS.items():
        write(name, text)
    write("params.yaml", "lr: 0.1\nmodel:\n  depth: 3\n  layers: [1, 2]\nflag: true\n")
    write("extra.yaml", "names: [a, b]\n")
    write("other.toml", "[net]\nwidth = 8\nheight = 9\n")
    write("shared.json", '{"same": 2, "nan": NaN, "inf": -Infinity, "flag": true}')
    write("dvc.yaml", STAGES)
    write("folder/MLmodel", "flavors: {}\n")
    write("folder/weights.bin", "weights of the first")
    run("dvc", "add", "-q", "folder")
    commit("Start")
    run("dvc", "repro", "-q")
    commit("Train")
    run("gto", "register", "churn", "--version", "v1.0.0")
    run("gto", "assign", "churn", "--version", "v1.0.0", "--stage", "prod")
    write("readme.md", "nothing of DVC's")
    commit("Write about it")
    from dvclive import Live

    with Live(save_dvc_exp=False, report=None) as live:
        live.log_param("epochs", 3)
        for step in range(3):
            live.log_metric("train/loss", 1 / (step + 1), timestamp=True)
            live.log_metric("acc", step / 3)
            live.next_step()
        live.log_sklearn_plot("confusion_matrix", [0, 1, 1], [0, 1, 0])
    write("params.yaml", "lr: 0.2\nmodel:\n  depth: 4\n  layers: [1, 2]\nflag: true\n")
    write("folder/weights.bin", "weights of the second")
    run("dvc", "add", "-q", "folder")
    commit("Log with DVCLive")
    run("gto", "register", "churn", "--version", "v1.1.0")
    run("gto", "assign", "churn", "--version", "v1.1.0", "--stage", "staging")
    write("shared.json", '{"same": 3}')


def plain(value):
    if isinstance(value, dict):
        return {str(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, list):
        return [plain(inner) for inner in value]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    return value if isinstance(value, (int, float, str, bool, type(None))) else str(value)


def read(folder):
    import dvc.api

    os.chdir(folder)
    revisions = subprocess.run(["git", "log", "--format=%H"], check=True, capture_output=True, text=True).stdout.split()
    found = {}
    for revision in [None, *revisions]:
        try:
            metrics = plain(dvc.api.metrics_show(rev=revision))
        except FileNotFoundError:
            # Before the first training DVC's own API gives up, whatever else there is.
            metrics = None
        params = plain(dvc.api.params_show(rev=revision))
        found[revision or "workspace"] = {"metrics": metrics, "params": params}
    print(json.dumps(found))


if __name__ == "__main__":
    {"make": make, "read": read}[sys.argv[1]](sys.argv[2])
