"""The shipped model reads characters drawn with straight lines: nothing here depends on a font."""

from pathlib import Path

import numpy as np
import pytest

from kiosk.entry.fields.person_name import WANG
from kiosk.entry.handwriting import HEIGHT, WIDTH, Handwriting, model_file, picture
from kiosk.entry.strokes import HandwritingError, Stroke, is_han

DA: tuple[Stroke, ...] = (
    ((0.2, 0.4), (0.8, 0.4)),
    ((0.5, 0.15), (0.48, 0.45), (0.2, 0.85)),
    ((0.5, 0.42), (0.62, 0.65), (0.85, 0.85)),
)
TIAN: tuple[Stroke, ...] = (
    ((0.2, 0.2), (0.2, 0.8)),
    ((0.2, 0.2), (0.8, 0.2), (0.8, 0.8)),
    ((0.5, 0.2), (0.5, 0.8)),
    ((0.2, 0.5), (0.8, 0.5)),
    ((0.2, 0.8), (0.8, 0.8)),
)


@pytest.fixture(scope="module")
def read() -> Handwriting:
    return Handwriting(model_file())


@pytest.mark.parametrize(("character", "strokes"), [("王", WANG), ("大", DA), ("田", TIAN)])
def test_a_plain_character_is_the_first_guess_in_any_order_of_strokes(
    read: Handwriting, character: str, strokes: tuple[Stroke, ...]
) -> None:
    assert read(strokes, 8)[0] == character
    assert read(strokes[::-1], 8) == read(strokes, 8)
    assert read([stroke[::-1] for stroke in strokes], 8)[0] == character


def test_only_han_characters_each_once_and_as_many_as_wanted(read: Handwriting) -> None:
    found = read(DA, 40)
    assert len(set(found)) == 40
    assert all(is_han(one) for one in found)


def test_no_ink_is_no_character_and_a_dot_is_no_trouble(read: Handwriting) -> None:
    assert read([], 8) == []
    assert read([()], 8) == []
    assert len(read([((0.5, 0.5),)], 8)) == 8


def test_size_and_place_do_not_matter() -> None:
    small = [tuple((x / 9 + 3, y / 9 - 7) for x, y in stroke) for stroke in DA]
    assert np.allclose(picture(DA), picture(small), atol=1e-6)


def test_the_picture_is_black_on_white_and_all_of_it_inside() -> None:
    image = picture(TIAN)
    assert image.shape == (1, 3, HEIGHT, WIDTH)
    assert (image.min(), image.max()) == (-1, 1)
    edge = np.concatenate([image[0, 0, 0], image[0, 0, -1], image[0, 0, :, 0], image[0, 0, :, -1]])
    assert (edge == 1).all()


def test_a_file_that_is_no_model_is_said_plainly(tmp_path: Path) -> None:
    (tmp_path / "model.onnx").write_bytes(b"no model")
    with pytest.raises(HandwritingError, match="make setup"):
        Handwriting(tmp_path / "model.onnx")(DA, 8)


def test_han_is_han() -> None:
    assert [is_han(one) for one in ("王", "㼆", "𠮷", "A", "·", "ア", "", "王王")] == [True] * 3 + [False] * 5
