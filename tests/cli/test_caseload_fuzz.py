"""Tables of any content: one message for each fault, never an internal error."""

import contextlib
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from wegweiser.cli.main import main

pytestmark = pytest.mark.fuzz

HEAD = b"fall;aufenthaltsstatus;duldung_seit;deutschniveau\n"
CELLS = st.sampled_from(
    [b"duldung", b"deutsch", b"2020-02-30", b"2020-01-01", b"a1", b"\xff", b'"', b"\x00", b"=1", b"9" * 30]
)
ROWS = st.lists(st.lists(CELLS, max_size=6).map(b";".join), max_size=6).map(b"\n".join)
MAGIC = st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"\xef\xbb\xbf", b"\xff\xfe", b"\xd0\xcf\x11\xe0"])


def screen(content: bytes, folder: Path, rulebook: Path) -> None:
    """Check a file and propose a mapping for it: nothing but results or messages may come of it."""
    path = folder / "bestand"
    path.write_bytes(content)
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main(["bestand", str(path), "--regelwerk", str(rulebook), "--prozesse", "1", "--json"])
        proposed = main(["bestand", "zuordnen", str(path), "--regelwerk", str(rulebook)])
    assert {status, proposed} <= {0, 1}
    assert "Interner Fehler" not in err.getvalue(), err.getvalue()


@given(
    content=st.one_of(
        ROWS.map(HEAD.__add__),
        st.binary(max_size=200),
        st.tuples(MAGIC, st.binary(max_size=200)).map(b"".join),
    )
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_bytes(content: bytes, tmp_path: Path, rulebook: Path) -> None:
    screen(content, tmp_path, rulebook)


@given(data=st.data())
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damaged_workbooks_and_parquet(data: st.DataObject, tmp_path: Path, rulebook: Path) -> None:
    openpyxl, arrow = pytest.importorskip("openpyxl"), pytest.importorskip("pyarrow")
    parquet = pytest.importorskip("pyarrow.parquet")
    stream = io.BytesIO()
    if data.draw(st.booleans()):
        book = openpyxl.Workbook()
        for row in (("fall", "aufenthaltsstatus"), ("x", "duldung"), (1.5, True)):
            book.active.append(row)
        book.save(stream)
        with zipfile.ZipFile(stream) as parts:
            contents = {name: bytearray(parts.read(name)) for name in parts.namelist()}
        name = data.draw(st.sampled_from(sorted(contents)))
        at = data.draw(st.integers(0, len(contents[name]) - 1))
        contents[name][at] = data.draw(st.integers(0, 255))
        stream = io.BytesIO()
        with zipfile.ZipFile(stream, "w") as parts:
            for part, content in contents.items():
                parts.writestr(part, bytes(content))
    else:
        parquet.write_table(arrow.table({"fall": ["x"], "aufenthaltsstatus": ["duldung"]}), stream)
        damaged = bytearray(stream.getvalue())
        damaged[data.draw(st.integers(4, len(damaged) - 1))] = data.draw(st.integers(0, 255))
        stream = io.BytesIO(bytes(damaged))
    screen(stream.getvalue(), tmp_path, rulebook)
