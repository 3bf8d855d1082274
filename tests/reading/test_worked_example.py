"""The worked example of docs/reading.md."""

from gongshu.reading import read
from gongshu.reading.assemble import assemble

RAW = """您當(dāng)前的位置:首頁 > 工作動(dòng)態(tài) > 正文
發(fā)布時(shí)間:2024-03-12 來(lái)源:演示縣總工會(huì) 點擊:1208次
演示日?qǐng)?bào)訊 3月8日,演示縣總工會(huì)十五屆六次全委會(huì)議在縣會(huì)議中心召開(kāi)。\
縣總工會(huì)主席沈懷遠(yuǎn)主持會(huì)議並講話(huà)。
1710213984771.jpg
會(huì)議要求,在6月底前建成戶外勞動(dòng)者驛站12處。
"""
CLEAN = """发布时间:2024-03-12 来源:演示县总工会
演示日□讯 3月8日,演示县总工会十五届六次全委会议在县会议中心召开。县总工会主席沈怀远主持会议并讲话。
会议要求,在6月底前建成户外劳动者驿站12处。"""


def test_the_worked_example_reads_as_the_page_says() -> None:
    record = assemble(read(RAW), "example")
    assert record["clean_text"] == CLEAN
    meeting = record["meeting"]
    assert meeting["name"] == "演示县总工会十五届六次全委会议"
    assert (meeting["kind"], meeting["date"], meeting["place"]) == ("全委会", "2024-03-08", "县会议中心")
    assert meeting["organizer"] == "演示县总工会"
    assert meeting["chair"] == meeting["speakers"] == [{"name": "沈怀远", "title": "县总工会主席"}]
    (task,) = record["tasks"]
    assert (task["text"], task["deadline"]) == ("在6月底前建成户外劳动者驿站12处", "6月底前")
    assert task["quantity"] == [{"value": 12, "unit": "处"}]
    rules = {proof["field"]: proof["rule"] for proof in record["evidence"]}
    assert (rules["name"], rules["date"]) == ("meeting-name", "date-held-year")
    assert (rules["place"], rules["organizer"]) == ("place-held", "organizer-in-name")
    assert {"menu", "counter", "pinyin", "script", "lost", "image"} <= {repair["rule"] for repair in record["repairs"]}
