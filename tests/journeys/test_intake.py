"""From a text to a record, in a browser: received, looked through by keyboard, compared, entered."""

from __future__ import annotations

import pytest

from gongshu.intake.actions import save_draft
from gongshu.intake.models import Document, Draft
from gongshu.intake.rules.record.shape import from_json
from gongshu.meetings.models import Meeting
from tests.browser import Screen
from tests.intake.papers import NEWS, YEARLESS, take
from tests.worlds import NOW, World

pytestmark = pytest.mark.django_db(transaction=True)
SAVED = "[data-told]:has-text('已保存')"


def look(screen: Screen, world: World, text: str = NEWS) -> Document:
    """Receive a text and open its review."""
    document = take(world, text)
    screen.sign_in(world.account("贵州省总"))
    screen.go(document.get_absolute_url())
    return document


def draft():
    return from_json(Draft.objects.get().record)


def test_a_pasted_text_becomes_a_meeting_and_a_plan(screen: Screen, world: World) -> None:
    screen.sign_in(world.account("贵州省总"))
    screen.go("/intake/")
    screen.check_access()
    screen.check_width()
    screen.page.get_by_label("或者粘贴文字").fill(YEARLESS)
    screen.page.get_by_role("button", name="收文并读出").click()
    screen.page.get_by_text("文中没有写明年份").wait_for()
    screen.check_access()
    screen.check_width()
    screen.picture("intake-review")
    screen.page.get_by_label("年", exact=True).fill("2023")
    screen.page.get_by_role("button", name="确认入库").click()
    screen.page.get_by_role("heading", name="将要入库的内容").wait_for()
    screen.check_access()
    screen.check_width()
    screen.page.get_by_role("button", name="确认入库").click()
    screen.page.get_by_role("heading", name="会议情况").wait_for()
    screen.check_access()
    screen.check_width()
    screen.picture("meeting")
    assert Meeting.objects.get().date_text == "2023年2月24日"


def test_pointing_at_a_task_lights_its_sentence(desktop: Screen, world: World) -> None:
    look(desktop, world)
    desktop.page.locator(".thing summary", has_text="司机之家").hover()
    desktop.page.locator(".texts .lit").first.wait_for()
    assert desktop.page.locator(".texts .lit").all_inner_texts() == ["建立200个“司机之家”"]


def test_everything_goes_by_keyboard_and_is_kept(desktop: Screen, world: World) -> None:
    look(desktop, world)
    before = len(draft().tasks)
    keys = desktop.page.keyboard
    desktop.page.locator("#tasks summary").first.focus()
    keys.press("j")
    keys.press("x")
    desktop.page.locator(SAVED).wait_for()
    assert [task.dropped for task in draft().tasks][:2] == [False, True]
    keys.press("a")
    keys.type("补一条任务")
    desktop.page.locator("[data-told]:has-text('有未保存')").wait_for()
    desktop.page.locator(SAVED).wait_for()
    keys.type("，再加几个字")
    desktop.page.locator("[data-told]:has-text('有未保存')").wait_for()
    desktop.page.locator(SAVED).wait_for()
    assert [task.text for task in draft().tasks[before:]] == ["补一条任务，再加几个字"]


def test_escape_leaves_a_field_of_the_meeting_so_that_keys_work_again(desktop: Screen, world: World) -> None:
    look(desktop, world)
    desktop.page.get_by_label("会议名称").focus()
    desktop.page.keyboard.press("Escape")
    desktop.page.keyboard.press("j")
    assert desktop.page.evaluate("document.activeElement.tagName") == "SUMMARY"


def test_a_repair_tells_what_was_done(desktop: Screen, world: World) -> None:
    look(desktop, world, "首頁>新聞\n" + NEWS.replace("会议强调", "會(huì)議強(qiáng)調(diào)"))
    desktop.page.locator(".pair-raw [data-mend]:has-text('huì')").first.hover()
    told = desktop.page.locator("[data-mend-told]").inner_text()
    assert told == "繁体转为简体：會(huì)議強(qiáng)調 → 会议强调"
    desktop.check_access()


def test_a_lost_character_is_asked_for_and_goes_everywhere(desktop: Screen, world: World) -> None:
    look(desktop, world, NEWS.replace("建立200个", "建?lì)200个"))
    assert "□" in next(task.text for task in draft().tasks if "司机之家" in task.text)
    desktop.page.locator("[data-fix]").first.fill("立")
    assert desktop.page.locator("#doubts-title .count").inner_text() == "1 / 1"
    desktop.page.locator(SAVED).wait_for()
    assert "建立200个“司机之家”" in [task.text for task in draft().tasks]
    assert desktop.page.locator(".thing summary", has_text="司机之家").inner_text().startswith("建立200个")


def test_two_officers_at_one_document_lose_nothing(desktop: Screen, world: World) -> None:
    document = look(desktop, world)
    theirs = draft()
    theirs.facts.place = "贵阳市"
    save_draft(document, theirs, version=1, by=world.actor("中华全国总"), at=NOW)
    desktop.page.get_by_label("地点").fill("会议中心")
    desktop.page.get_by_role("link", name="比较两份").click()
    desktop.page.get_by_role("heading", name="比较两份修改").wait_for()
    desktop.check_access()
    desktop.page.get_by_label("会议中心").check()
    desktop.page.get_by_role("button", name="按所选并入").click()
    desktop.page.wait_for_url(f"**{document.get_absolute_url()}")
    assert draft().facts.place == "会议中心"
