"""What a roster may tell of a member, and what becomes of its rows."""

from django.db import models


class Column(models.TextChoices):
    """What is brought in of a roster; everything else in the file stays in the file."""

    NAME = "name", "姓名"
    ID_NUMBER = "id_number", "身份证号码"
    PHONE = "phone", "手机号码"
    GENDER = "gender", "性别"
    FORM = "form", "就业形态"
    EMPLOYER = "employer", "用人单位"
    EMPLOYER_CODE = "employer_code", "统一社会信用代码"
    UNION = "union", "所在工会"
    JOINED_ON = "joined_on", "入会日期"


class Verdict(models.TextChoices):
    """What becomes of a row."""

    NEW = "new", "新增会员"
    KNOWN = "known", "新增会员（人员已登记）"
    SAME = "same", "已在会，无变化"
    CHANGED = "changed", "已在会，信息有变化"
    ELSEWHERE = "elsewhere", "会籍在其他工会"
    REFUSED = "refused", "不能导入"


class Outcome(models.TextChoices):
    """What was done with the rows of a roster that was brought in."""

    ENTERED = "entered", "新增会员"
    APPLIED = "applied", "新增入会申请"
    CORRECTED = "corrected", "更新信息"
    ASKED = "asked", "提出转会"
    SAME = "same", "已在会，无变化"
    LEFT = "left", "有变化，未更新"
    REFUSED = "refused", "没有导入"
