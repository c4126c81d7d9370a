"""The small model and its tokenizer, made from nothing.

Does not: train the model. Needs torch, transformers and tokenizers.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from mulakat.lab.extras import need
from mulakat.llm.chat_format import CHATML

VOCABULARY = 4096
SPECIAL = ("<|endoftext|>", "<|im_start|>", CHATML.stop)


def make_tokenizer(texts: Iterable[str]) -> Any:
    """Byte-pair encoding over bytes, learnt from the texts. Every text can be written in it."""
    tokenizers, transformers = need("tokenizers"), need("transformers")
    made = tokenizers.Tokenizer(tokenizers.models.BPE())
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=VOCABULARY,
        special_tokens=list(SPECIAL),
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    return transformers.PreTrainedTokenizerFast(
        tokenizer_object=made, bos_token=SPECIAL[0], pad_token=SPECIAL[0], eos_token=CHATML.stop
    )


def shape() -> Any:
    """A Llama of four layers."""
    return need("transformers").LlamaConfig(
        vocab_size=VOCABULARY,
        hidden_size=256,
        intermediate_size=704,
        num_hidden_layers=4,
        num_attention_heads=4,
        num_key_value_heads=4,
        max_position_embeddings=512,
        tie_word_embeddings=True,
        bos_token_id=0,
        pad_token_id=0,
        eos_token_id=2,
    )


def make_model(seed: int) -> Any:
    """The model with random weights."""
    need("torch").manual_seed(seed)
    return need("transformers").LlamaForCausalLM(shape())


def say(model: Any, tokenizer: Any, prompt: str, tokens: int = 40) -> str:
    """What the model goes on with, always taking the likeliest token."""
    torch = need("torch")
    ids = torch.tensor([tokenizer(prompt, add_special_tokens=False).input_ids])
    model.eval()
    with torch.no_grad():
        out = model.generate(
            ids,
            attention_mask=torch.ones_like(ids),
            max_new_tokens=tokens,
            do_sample=False,
            repetition_penalty=1.3,
        )
    return str(tokenizer.decode(out[0, ids.shape[1] :], skip_special_tokens=True)).strip()
