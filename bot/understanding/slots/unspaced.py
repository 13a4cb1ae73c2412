"""Names in scripts without spaces: what is left between the words that a question is made of."""

import re

_JAPANESE_TITLES = "さん|さま|様|ちゃん|くん|君|氏|先生|先輩"
_CHINESE_TITLES = "女士|小姐|太太|老师|经理|先生|总"
_SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩邓冯曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢姚沈钟姜崔谭陆范汪廖石金"
    "韦贾夏付方邹熊白孟秦邱侯江尹薛闫段雷龙黎史陶贺毛郝顾龚邵万覃武钱戴严莫孔向常"
)
_TAILS = (
    "的|本月|这个月|这期|现在|最近|上个月|今天|昨天|怎么|怎样|如何|做得|业绩|买|下单|订|是|还|有|多少|离|呢|活跃|达到|到|在|电话|订单|资料|级别|"
    "什么|为什么|购买|做了|积分|一下|情况|表现|数据|详情|信息|卖|点|拿|能|会|和|这|那|今年|"
    rf"{_CHINESE_TITLES}|[0-9一二三四五六七八九十百千]|[?？,，、。！!\s]|$"
)
_KANA = re.compile(r"[\u3040-\u30ff]")
_TITLED_JAPANESE = re.compile(rf"([\u3040-\u30ff\u3400-\u9fffA-Za-z・ー]{{1,12}}?)\s*(?:{_JAPANESE_TITLES})")
_PARTICLE = re.compile(r"[はがのをにで、。\s]")
_TITLED_CHINESE = re.compile(rf"([{_SURNAMES}])(?:{_CHINESE_TITLES})")
_CHINESE = re.compile(rf"([{_SURNAMES}][\u4e00-\u9fff]{{1,2}}?)(?={_TAILS})")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’\-]+(?: [A-Z][A-Za-z'’\-]+)*")
_KATAKANA = re.compile(r"[\u30a1-\u30f6・ー]{2,12}")
_KANJI = re.compile(r"^(?:私の)?([\u4e00-\u9fff]{2,5}?)(?=[のはがって])")
_NO_NAME = re.compile(
    r"^(?:今月|先月|私|自分|誰|何|注文|状況|チーム|メンバー|ランク|ポイント|ボリューム|アクティブ|ゴールド|シルバー|プラチナ|ブロンズ|"
    r"ダイヤ\w*|pv|gv|ok)$",
    re.IGNORECASE,
)
_COUNTED = r"(?:一|两|二|三|四|五|六|七|八|九|十|\d+)?[个条瓶盒件台只张份支]?"
_PRODUCTS = (
    re.compile(rf"(?:换|兑换|兑|买|要){_COUNTED}([\u4e00-\u9fffA-Za-z]{{2,8}}?)(?:吗|吧|$|[，。？?！!])"),
    re.compile(r"ポイントで([\u30a0-\u30ff\u4e00-\u9fffA-Za-z]{2,12}?)(?:と交換|に交換|を|もらう|がほしい|ほしい|\d)"),
    re.compile(r"([\u30a0-\u30ff\u4e00-\u9fff]{2,12}?)(?:\d+[個本枚つ])?をポイント"),
    re.compile(r"ポイントで([\u30a0-\u30ff\u4e00-\u9fffA-Za-z]{2,12})"),
)
_NO_PRODUCT = re.compile("积分|现金|余额|ポイント|什么|啥|礼物|東西|钱")


def unspaced_person(text: str) -> str | None:
    """The name in a Chinese or Japanese message, without title; None when none stands out."""
    is_japanese = _KANA.search(text) is not None
    titled = _TITLED_JAPANESE.search(text) if is_japanese else None
    if titled:
        return _PARTICLE.split(titled[1])[-1] or None
    patterns = (_LATIN, _KANJI, _KATAKANA) if is_japanese else (_TITLED_CHINESE, _CHINESE, _LATIN)
    for pattern in patterns:
        for match in pattern.finditer(text):
            name = match[1] if pattern.groups else match[0]
            if not _NO_NAME.match(name):
                return name
    return None


def unspaced_product(text: str) -> str | None:
    """The product in a Chinese or Japanese message, without amount; None when none stands out."""
    compact = re.sub(r"\s+", "", text)
    found = next((match for pattern in _PRODUCTS if (match := pattern.search(compact))), None)
    return found[1] if found and not _NO_PRODUCT.search(found[1]) else None
