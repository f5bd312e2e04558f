"""From Chinese text to the sounds of the acoustic model: toneless initials and finals."""

from collections.abc import Sequence

from pypinyin import Style, pinyin

INITIALS = ("zh", "ch", "sh", *"bpmfdtnlgkhjqxrzcs")
# Syllables without an initial are written in their own way; here they share the final they sound like ("you" is "iu").
_BARE = {
    "yi": "i", "ya": "ia", "ye": "ie", "yai": "iai", "yao": "iao", "you": "iu", "yan": "ian", "yin": "in",
    "yang": "iang", "ying": "ing", "yong": "iong", "yo": "io", "yu": "v", "yue": "ve", "yuan": "van", "yun": "vn",
    "wu": "u", "wa": "ua", "wo": "uo", "wai": "uai", "wei": "ui", "wan": "uan", "wen": "un", "wang": "uang",
    "weng": "ueng",
}  # fmt: skip
_RARE = {"ueng": ("u", "eng"), "iai": ("i", "ai"), "io": ("i", "o")}  # too rare to have a sound of their own
# Characters that people really read in two ways in one place; the dictionary lists rare readings of many others.
TWO_READINGS = set("行长重得还了着地都率乐觉校调参差折薄血谁这那哪没藏朝传弹单降角壳落绿模熟宿吓削钥扎")
_MOST_READINGS = 8


def syllable_phones(syllable: str) -> tuple[str, ...]:
    """The sounds of one toneless syllable such as "zhuang"; ü is "v". ValueError when it is not a syllable."""
    plain = syllable.replace("ü", "v").replace("ê", "e")
    initial = next((i for i in INITIALS if plain.startswith(i)), "")
    final = plain[len(initial) :]
    if not initial:
        final = _BARE.get(plain, plain)
    elif initial in "jqx" and final.startswith("u"):
        final = "v" + final[1:]
    elif final == "ue":  # "lue" and "nue" are also written so
        final = "ve"
    elif final == "i":
        final = {"zh": "iii", "ch": "iii", "sh": "iii", "r": "iii", "z": "ii", "c": "ii", "s": "ii"}.get(initial, "i")
    phones = (*((initial,) if initial else ()), *_RARE.get(final, (final,)))
    if not set(phones) <= set(PHONES):
        raise ValueError(f"“{syllable}” is not a Mandarin syllable.")
    return phones


_FINALS = """
    a ai an ang ao e ei en eng er i ii iii ia ian iang iao ie in ing iong iu o ong ou u ua uai uan uang
    ui un uo v van ve vn
"""
PHONES = (*INITIALS, *_FINALS.split())  # what the acoustic model tells apart; ii and iii are the vowels of si and shi


def readings(hanzi: str) -> list[tuple[str, ...]]:
    """The toneless syllables of `hanzi`, most usual reading first.

    A character inside a word that the dictionary knows is read as there; the others may have several readings.
    """
    usual = tuple(s[0] for s in pinyin(hanzi, style=Style.NORMAL, v_to_u=False))
    several = pinyin(hanzi, style=Style.NORMAL, heteronym=True, v_to_u=False)
    options = [
        [first, *(other for other in each if other != first)][: 2 if character in TWO_READINGS else 1]
        for character, first, each in zip(hanzi, usual, several, strict=True)
    ]
    # Only the most usual are kept at each character: 行行行… has more readings than any memory holds.
    found: list[tuple[int, tuple[str, ...]]] = [(0, ())]
    for first, several_here in zip(usual, options, strict=True):
        found = [(rare + (one != first), (*before, one)) for rare, before in found for one in several_here]
        found = sorted(found, key=lambda reading: reading[0])[:_MOST_READINGS]
    return [reading for _, reading in found]


def phones_of(syllables: Sequence[str]) -> tuple[str, ...]:
    return tuple(phone for syllable in syllables for phone in syllable_phones(syllable))
