"""Names in scripts without spaces: what is left between the words that a question is made of."""

import re

_TITLES = "さん|さま|様|ちゃん|くん|君|氏|先生|先輩|女士|小姐|太太|老师|经理|同学|总"
_JAPANESE = re.compile(rf"([\u3040-\u30ff\u3400-\u9fffA-Za-z・ー]{{1,12}}?)\s*(?:{_TITLES})")
_NAME = r"[\u3400-\u9fff]{2,4}|[A-Za-z][A-Za-z'\- ]+|[\u30a0-\u30ff・ー]{2,12}"
_LEADS = (
    "我想看一下|我想看看|我想看|我想知道|我要看|帮我查一下|帮我查查|帮我看一下|帮我看看|帮我查|帮我看|查一下|看一下|查查|看看|查询|显示|给我看|请问|告诉我|"
    "转给|送给|发给|转让给|分给|给|联系|我的客户|我的下线|我的伙伴|客户|下线|伙伴|关于|打开|找一下|找|搜索|查|那|和|把|了解一下|私の|お客様の|チームの|顧客の|友達の"
)
_TAILS = (
    "的|本月|这个月|这期|现在|最近|上个月|今天|昨天|怎么样|怎样|做得|业绩|买了|买过|下单|订了|是不是|是什么|还是|有没有|有多少|多少|还差|离|呢|活跃|达到|到|在不在|电话|订单|资料|级别|什么|为什么|购买|做了|"
    "の|は|が|って|に|を|へ|から|も|今月|どう|\\?|？|,|，|、|。|$|\\s"
)
_SEARCH = re.compile(rf"(?:^|{_LEADS}|[\s,，、。])({_NAME}?)(?={_TAILS})")
_NEVER = re.compile(
    r"^(?:我|你|您|他|她|它|本月|这个|现在|最近|订单|客户|团队|级别|电话|怎么|什么|请|今月|誰|自分|私|注文|状況|今|この|その|教えて|購入|連絡先|見せ|ポイント|积分|分|点)"
)
_LEAD = re.compile(rf"^(?:{_LEADS})+")


def unspaced_person(text: str) -> str | None:
    """The name in a Chinese or Japanese message, without title; None when none stands out."""
    titled = _JAPANESE.search(text)
    if titled:
        name = _LEAD.sub("", titled[1])
        return re.split(r"[はがのをにで、。\s]", name)[-1] or None
    for match in _SEARCH.finditer(text):
        name = _LEAD.sub("", match[1].strip())
        if len(name) > 1 and not _NEVER.match(name):
            return name
    return None
