"""Persons and accounts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from gongshu.core.base.identity import mask_id_number, mask_mobile
from gongshu.core.people.enums import Gender
from gongshu.core.people.protected import BlindIndexField, SealedField


class Person(models.Model):
    """A natural person. Holds no more than a name until a line of work needs more and says by which law.

    Gender and birth are read from the identity number where it is given, and are not asked for then. One person has one
    identity number; a phone may be shared.
    """

    name = models.CharField("姓名", max_length=60)
    id_number = SealedField("身份证号码", index="id_index", mask=mask_id_number, null=True, blank=True)
    id_index = BlindIndexField("身份证号码盲索引")
    phone = SealedField("手机号码", index="phone_index", mask=mask_mobile, null=True, blank=True)
    phone_index = BlindIndexField("手机号码盲索引")
    gender = models.CharField("性别", max_length=1, choices=Gender.choices, default=Gender.UNKNOWN)
    born_on = models.DateField("出生日期", null=True, blank=True)

    class Meta:
        verbose_name = "人员"
        constraints = [models.UniqueConstraint(fields=["id_index"], name="person_id_number_once")]
        indexes = [models.Index(fields=["phone_index"], name="person_phone")]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Finds accounts by user name, case-insensitively stored; the person comes along."""

    def get_queryset(self) -> models.QuerySet[Account]:
        """Return accounts with their persons."""
        return super().get_queryset().select_related("person")

    def create_account(self, username: str, name: str, password: str) -> Account:
        """Make a person and the account they log in with."""
        account = Account(username=self.model.normalize_username(username).lower())
        account.person = Person.objects.create(name=name)
        account.set_password(password)
        account.save()
        return account


class Account(AbstractBaseUser):
    """What a person logs in with. What they may do is in `access`, never here."""

    username = models.CharField("用户名", max_length=60, unique=True)
    person = models.OneToOneField(Person, on_delete=models.PROTECT, related_name="account", verbose_name="人员")
    is_active = models.BooleanField("启用", default=True)
    must_change = models.BooleanField("首次登录须修改", default=False)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = []
    objects: ClassVar[AccountManager] = AccountManager()

    class Meta:
        verbose_name = "账号"

    def __str__(self) -> str:
        return f"{self.person.name}（{self.username}）"


class FailedLogin(models.Model):
    """Wrong passwords for one user name, so that guessing is slowed; removed by the next right one."""

    username = models.CharField("用户名", max_length=60, unique=True)
    count = models.PositiveIntegerField("次数", default=0)
    last_at = models.DateTimeField("最近一次")

    class Meta:
        verbose_name = "登录失败记录"
