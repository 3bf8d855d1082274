"""Persons and accounts."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models


class Person(models.Model):
    """A natural person. Holds no more than a name until a line of work needs more and says by which law."""

    name = models.CharField("姓名", max_length=60)

    class Meta:
        verbose_name = "人员"

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
