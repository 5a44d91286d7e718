from __future__ import annotations

import io
import zipfile

from hypothesis import given
from hypothesis import strategies as st

from app.exporters._zipping import Zipping


@given(
    entries=st.lists(st.tuples(st.lists(st.binary(max_size=40), max_size=4), st.booleans(), st.booleans()), max_size=5)
)
def test_what_is_handed_out_piece_by_piece_is_a_sound_archive(entries):
    archive = Zipping()
    written = b""
    for number, (pieces, packed, drained) in enumerate(entries):
        with archive.opened(f"{number}.xml", packed=packed) as entry:
            for piece in pieces:
                entry.write(piece)
        written += archive.drained() if drained else b""
    written += archive.closed()
    with zipfile.ZipFile(io.BytesIO(written)) as found:
        assert found.testzip() is None
        assert [found.read(f"{number}.xml") for number in range(len(entries))] == [b"".join(one[0]) for one in entries]
        # Sizes stand before the bytes, as readers want them that read from the front.
        assert all(not entry.flag_bits & 8 for entry in found.infolist())
