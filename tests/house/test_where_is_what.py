"""The page that says where everything is names each module once, and none that is not there."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from tests.house.sources import ROOT

PAGE = ROOT / "docs" / "where-is-what.md"
LAYERS = ("handlers", "handlers/views", "program", "storage", "mentoring")
IN_FOLDERS = {
    "storage"
}  # its folders' modules are named one by one; a folder of another layer is named as one


def named() -> dict[str, Counter[str]]:
    """How often each layer's column names what."""
    found = {layer: Counter[str]() for layer in LAYERS}
    for line in PAGE.read_text().splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| ") and len(cells) == len(LAYERS) + 1 and cells[1] != "handlers":
            for layer, cell in zip(LAYERS, cells[1:], strict=True):
                found[layer].update(name.strip("` /") for name in cell.split(",") if name.strip())
    return found


def there(layer: str) -> set[str]:
    """What is in a layer's folder: its modules, and its packages or what is in them."""
    folder = ROOT / layer
    modules = folder.rglob("*.py") if layer in IN_FOLDERS else folder.glob("*.py")
    packages = set() if layer in IN_FOLDERS else {path.parent for path in folder.glob("*/__init__.py")}
    return {
        path.relative_to(folder).as_posix().removesuffix(".py")
        for path in {*modules, *packages}
        if path.name != "__init__.py" and "migrations" not in path.parts and not is_layer(path)
    }


def is_layer(path: Path) -> bool:
    return path.relative_to(ROOT).as_posix() in LAYERS


@pytest.mark.parametrize("layer", LAYERS)
def test_every_module_is_named_once(layer: str) -> None:
    assert dict(named()[layer]) == dict.fromkeys(there(layer), 1)
