"""The name that an errand has in law, and what people make of it, lead to it: written, heard, with 我要办 before it."""

import pytest

from forms import Catalogue
from kiosk.intents.intent_classifier import IntentClassifier
from kiosk.intents.sounds import syllables

NAMES = {
    "old-age-allowance": "高龄津贴 高龄补贴 老年津贴 高龄老人津贴 八十岁以上老人津贴 尊老金",
    "pension-certification": "养老金资格认证 养老金认证 领取养老金资格认证 生存认证 养老保险待遇领取资格认证",
    "social-security-card": "社会保障卡 社保卡 社保卡挂失 社会保障卡挂失 社保卡补办 社会保障卡申领",
    "senior-card": "老年人优待证 老年优待证 老年证 优待证 老人证 敬老证 老年人优待证补办 换老年证",
    "senior-bus-card": "老年公交卡 老年人公交卡 公交卡 老年乘车卡 老年人免费乘车卡 敬老卡 老年公交卡补办 公交卡年审",
    "residence-permit": "居住证 居住证签注 居住证申领 居住证补领 居住证换领 暂住证 居住证续签",
    "disability-subsidy": "困难残疾人生活补贴 重度残疾人护理补贴 残疾人两项补贴 两项补贴 残疾补贴 重残护理补贴",
    "minimum-living-allowance": "最低生活保障 最低生活保障金 低保 农村低保 城市低保 吃低保 低保申请",
    "medical-insurance-balance": "医保余额 医保个人账户余额查询 医保个人账户查询 医保卡余额 社保卡余额 医保账户余额",
    "farm-subsidy-query": "惠农补贴 种地补贴 种粮补贴 耕地地力保护补贴 农业补贴查询 农机购置补贴 粮食直补",
    "medical-insurance-payment": "城乡居民基本医疗保险缴费 城乡居民医保 居民医保缴费 交医保 合作医疗缴费 医保参保",
    "out-of-area-medical": "异地就医备案 异地就医 跨省异地就医备案 医保异地备案 异地安置备案 转诊备案",
    "utility-payment": "水费 电费 燃气费 水电费 水电气缴费 生活缴费 自来水费 天然气费 煤气费",
    "progress-query": "查办事进度 查进度 办事进度查询 办理进度查询",
    "hospital-appointment": "预约挂号 挂号 医院预约 预约看病 预约就诊 门诊预约 预约诊疗 医院挂号",
    "queue-ticket": "取号排队 排队取号 取号 排队号",
    "opening-hours": "大厅开门时间 开门时间 上班时间",
}
CASES = [(service, name) for service, names in NAMES.items() for name in names.split()]


@pytest.mark.parametrize(("service", "name"), CASES)
def test_a_name_is_found(classifier: IntentClassifier, service: str, name: str) -> None:
    for said in (name, f"我要办{name}", f"请问{name}怎么办理"):
        written, heard = classifier.text(said), classifier.syllables(syllables(said))
        assert (written.what, heard.what) == (service, service), said


def test_every_errand_has_its_names(catalogue: Catalogue) -> None:
    assert NAMES.keys() == catalogue.services.keys()


@pytest.mark.parametrize(
    "said",
    [
        "残疾证",
        "我要办残疾证",
        "五保户",
        "特困供养",
        "临时救助",
        "社保卡激活",
        "银行卡丢了",
        "轮椅怎么申请",
        "养老院怎么住",
        "医保报销",
        "住院报销",
        "慢性病证",
    ],
)
def test_what_lies_beside_them_is_not_taken_for_them(classifier: IntentClassifier, said: str) -> None:
    intent = classifier.text(said)
    assert intent.what is None, intent
