"""Heavy packages, imported when they are needed; a missing one is a sentence with its fix.

Does not: install anything.
"""

from __future__ import annotations

import importlib
import importlib.util
import logging
import warnings
from types import ModuleType

from mulakat.errors import MissingExtra

HINT = "Install the laboratory with `pip install 'mulakat[lab]'`, in an environment of its own if you like."


def need(name: str) -> ModuleType:
    """The module, imported. Raises MissingExtra when it is not installed."""
    # What these libraries say among themselves of their coming versions is no concern of who runs them.
    warnings.filterwarnings("ignore", category=FutureWarning, module=r"(transformers|trl|peft)\.")
    warnings.filterwarnings(
        "ignore", message="Could not find a config file"
    )  # a base that is a GGUF has none
    logging.getLogger("bitsandbytes").setLevel(logging.ERROR)
    try:
        return importlib.import_module(name)
    except ImportError as error:
        package = name.split(".")[0]
        if importlib.util.find_spec(package) is not None and error.name != package:
            raise MissingExtra(f"The package '{package}' cannot be loaded: {error}.", HINT) from None
        raise MissingExtra(f"The laboratory needs the package '{package}'.", HINT) from None


def there(name: str) -> bool:
    """Whether a package is installed."""
    return importlib.util.find_spec(name) is not None
