"""Whether the tools of the trade take a WACZ for one."""

import io
import zipfile
from pathlib import Path

from wacz.main import main as wacz_tool
from warcio.checker import Checker


def assert_accepted(wacz: bytes, folder: Path) -> None:
    (folder / "capture.wacz").write_bytes(wacz)
    assert wacz_tool(["validate", "-f", str(folder / "capture.wacz")]) == 0
    warc = folder / "data.warc.gz"
    warc.write_bytes(zipfile.ZipFile(io.BytesIO(wacz)).read("archive/data.warc.gz"))
    checker = Checker(type("Options", (), {"inputs": [str(warc)], "verbose": False})())
    checker.process_all()
    assert checker.exit_value == 0
