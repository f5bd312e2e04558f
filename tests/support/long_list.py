"""300 names of places to be treated at, one of which is looked for."""

from forms import Choice

_VILLAGES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭"
_ENDS = ("家庄卫生室", "家沟卫生室", "家坪卫生室", "各庄卫生室", "家湾卫生院", "家集卫生院", "家岭卫生室", "家口卫生室")
NAMES = [
    *("县人民医院", "县中医院", "吕梁庄卫生室", "长安镇卫生院", "阳岩村卫生室"),
    *[family + end for end in _ENDS for family in _VILLAGES][:295],
]
ENGLISH = {"县人民医院": "County People's Hospital", "县中医院": "County Hospital of Chinese Medicine"}


def choices() -> list[Choice]:
    return [
        Choice.model_validate({"id": f"place_{at}", "label": {"zh": name, "en": ENGLISH.get(name, f"Clinic {at}")}})
        for at, name in enumerate(NAMES)
    ]
