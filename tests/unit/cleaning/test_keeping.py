"""What stands in the article's own box of a page, and nothing names as furniture, is never cut."""

from __future__ import annotations

import pytest

from app.drafts import Draft
from app.importers._base import File
from app.importers.web_page import read

PARAGRAPHS = [
    "The orchard above the village was planted by monks, and its pears are still sold at the gate in October.",
    "Nobody knows how old the oldest tree is, though the priest has counted rings on a branch that fell.",
    "In wet years the fruit splits before it is ripe, and the whole valley smells of vinegar until the frost.",
    "The brothers who keep the ladders say that they will not plant again, since their sons drive lorries.",
]
TEXT = "".join(f"<p>{one}</p>" for one in PARAGRAPHS)
HEAD = "<header><nav><a href='/'>Home</a> <a href='/n'>News</a></nav></header>"


def article(inside: str, language: str = "en", title: str = "The monks’ pears") -> Draft:
    page = (
        f"<!DOCTYPE html><html lang={language}><meta charset=utf-8><title>{title}</title><body>{HEAD}"
        f"<main><article><h1>{title}</h1>{inside}</article></main><footer>© Orchard</footer></body></html>"
    )
    (draft,) = read(File(page.encode(), "pears.html"))
    return draft


def lines(draft: Draft) -> list[str]:
    return draft.body.text.split("\n")


def kinds(draft: Draft) -> dict[str, str]:
    return {piece.text: piece.kind for piece in draft.body.pieces()}


def left_out(draft: Draft) -> set[str]:
    return {piece.text for piece in draft.left_out} - {"Home News", "© Orchard"}


@pytest.mark.parametrize(
    ("language", "paragraphs"),
    [
        ("en", [*PARAGRAPHS, "The council meets again in June.", "Nobody has paid."]),
        ("ja", ["修道士たちが植えた果樹園では、いまも十月になると門の前で梨が売られています。",
                "一番古い木が何歳なのか、誰も知りません。司祭は折れた枝の年輪を数えました。",
                "雨の多い年には実が割れます。", "兄弟はもう植えないと言います。"]),
        ("zh", ["修道士种下的果园里，每年十月仍有人在门口卖梨。没有人知道最老的树有多少岁。",
                "雨水多的年份，果实未熟先裂，整个山谷直到霜降都闻得到醋味。", "兄弟俩说他们不会再种了。"]),
        ("th", ["พระปลูกสวนลูกแพร์ไว้เหนือหมู่บ้านเมื่อนานมาแล้ว และยังขายลูกแพร์ที่ประตูในเดือนตุลาคม",
                "ไม่มีใครรู้ว่าต้นที่เก่าแก่ที่สุดอายุเท่าไร แม้ว่าบาทหลวงจะนับวงปีแล้วก็ตาม"]),
        ("de", ["Der Obstgarten über dem Dorf wurde von Mönchen gepflanzt, und seine Birnen verkauft man am Tor.",
                "Niemand weiß, wie alt der älteste Baum ist, obwohl der Pfarrer die Ringe gezählt hat."]),
    ],
)  # fmt: skip
def test_a_short_article_keeps_its_last_paragraphs(language: str, paragraphs: list[str]):
    draft = article("".join(f"<p>{one}</p>" for one in paragraphs), language)
    assert lines(draft) == paragraphs
    assert not left_out(draft)


@pytest.mark.parametrize("before", ["<h2>The choices</h2>", "<p>These are the choices:</p>", ""])
@pytest.mark.parametrize("tag", ["ol", "ul"])
def test_a_list_at_the_end_stays(before: str, tag: str):
    rows = ["Plant new trees on the slope.", "Mend the wall.", "Do nothing about it."]
    draft = article(f"{TEXT}{before}<{tag}>{''.join(f'<li>{row}</li>' for row in rows)}</{tag}>")
    assert not left_out(draft)
    assert [one for one, kind in kinds(draft).items() if kind == "item"] == rows


def test_links_below_the_article_and_phrases_of_the_page_go():
    links = "<ul><li><a href='/a'>Pears at sea, and those who ate them</a></li><li><a href='/b'>A dog</a></li></ul>"
    draft = article(f"{TEXT * 3}<p>Share this story</p><aside><h2>More of this</h2>{links}</aside>")
    assert lines(draft) == PARAGRAPHS


def test_comments_in_boxes_like_those_of_the_article_go():
    told = [
        f"I walked there with my father once, and the {fruit} were sour." for fruit in ("pears", "plums", "quinces")
    ]
    below = "".join(f"<li class='comment'><div class='text'><p>{one}</p></div></li>" for one in told)
    draft = article(f"<div class='text'>{TEXT}</div><ol class='comment-list'>{below}</ol>")
    assert lines(draft) == PARAGRAPHS


def test_terms_stay_with_what_they_mean():
    draft = article(
        f"{TEXT}<h2>Words</h2><dl><dt>Scion</dt><dd>A twig that is grafted.</dd><dt>Must</dt><dd>Juice with its "
        f"skins.</dd></dl><p>{PARAGRAPHS[0][::-1].capitalize()}.</p>"
    )
    assert {"Words", "Scion", "A twig that is grafted.", "Must", "Juice with its skins."} <= set(lines(draft))


def test_what_unfolds_stays_with_its_question():
    fold = "<details><summary>{}</summary><p>{}</p></details>"
    folds = fold.format("Who owns it?", "Two courts have disagreed.") + fold.format(
        "Who prunes it?", "The brothers do."
    )
    assert {"Who owns it?", "Two courts have disagreed.", "Who prunes it?", "The brothers do."} <= set(
        lines(article(f"{TEXT}{folds}<p>{PARAGRAPHS[1]} So it goes.</p>"))
    )


NOTES = (
    "<h2>Notes</h2><ol><li id=n1>Holm, Pears, p. 12. <a href='#r1'>↩</a><li id=n2>The archive, 1741.</ol>",
    "<section class=footnotes><ol><li id=n1><p>Holm, Pears, p. 12.</p><li><p>The archive, 1741.</p></ol></section>",
    "<p><a href='/s'>Share</a></p><div class=footnote><a id=n1>1</a><div><p>Holm, Pears, p. 12.</p>"
    "<p>The archive, 1741.</p></div></div>".replace("<div><p>", "<div class=footnote-content><p>"),
)


@pytest.mark.parametrize("notes", NOTES)
def test_notes_stay(notes: str):
    marked = TEXT.replace("October.", "October.<sup><a href='#n1' id=r1>1</a></sup>", 1)
    text = "\n".join(lines(article(marked + notes)))
    assert "Holm, Pears, p. 12." in text
    assert "The archive, 1741." in text


def test_lists_in_the_cells_of_a_table_stay():
    table = (
        "<table><tr><th>Year</th><th>Kinds</th></tr><tr><td>2008</td><td>Williams</td></tr>"
        "<tr><td>2009</td><td><ul><li>a</li><li>b</li></ul></td></tr></table>"
    )
    assert not left_out(article(f"{TEXT}{table}<p>{PARAGRAPHS[2]} So it goes.</p>"))


def test_headings_quotations_code_and_lines_that_lead_to_them_stay():
    inside = (
        f"<p>{PARAGRAPHS[0]}</p><h2>Rot</h2><p>{PARAGRAPHS[1]}</p><blockquote><p>It was never sweet, but it was ours."
        f"</p></blockquote><p>{PARAGRAPHS[2]}</p><p>Count them:</p><pre>pears --count</pre><p>{PARAGRAPHS[3]}</p>"
    )
    draft = article(inside)
    assert not left_out(draft)
    assert kinds(draft)["Rot"] == "heading"
    assert kinds(draft)["It was never sweet, but it was ours."] == "quote"


def test_a_document_without_furniture_comes_in_whole():
    page = (
        "<!DOCTYPE html><html><head><title>The Cost of Pears</title></head><body>"
        "<header id=title-block-header><h1 class=title>The Cost of Pears</h1><p class=author>Ann Ek</p></header>"
        "<h1 id=who>Who owns them</h1><p>The orchard was planted in 1741. It has been sold nine times since.</p>"
        "<h2 id=numbers>Numbers</h2><ol><li>Open the gate</li><li>Walk on<ul><li>count the trees</li></ul></li></ol>"
        "<dl><dt>Scion</dt><dd>A twig.</dd></dl><p>Naïve – Ωμέγα – русский.</p><p>Without a stop</p></body></html>"
    )
    (draft,) = read(File(page.encode(), "cost.html"))
    assert [piece.text for piece in draft.left_out] == ["Ann Ek"]
    assert lines(draft)[0] == "Who owns them"
    assert lines(draft)[-1] == "Without a stop"


def test_a_heading_goes_before_the_link_to_it():
    heads = ["How the pears came to the valley", "Who prunes them when it freezes"]
    contents = "".join(f"<li><a href='#h{number}'>{head}</a></li>" for number, head in enumerate(heads))
    told = "".join(f"<h2 id=h{number}>{head}</h2>{TEXT[number * 7 :]}" for number, head in enumerate(heads))
    found = [(piece.text, piece.kind) for piece in article(f"<ul>{contents}</ul>{told}").body.pieces()]
    assert [one for one in found if one[0] in heads] == [(head, "heading") for head in heads]


def test_a_sentence_goes_on_behind_its_formula():
    formula = "<span><math><mi>w</mi><mo>=</mo><mi>t</mi></math><img src='w.svg' alt='w=t'></span>"
    draft = article(f"{TEXT}<p>The width w follows {formula} over time.</p>")
    assert lines(draft)[-1] == "The width w follows w=t over time."


def test_a_link_to_edit_a_section_is_no_text():
    heading = "<div class=mw-heading><h2>Rot</h2><span class=mw-editsection>[<a href='/e'>edit</a>]</span></div>"
    draft = article(f"<p>{PARAGRAPHS[0]}</p>{heading}{TEXT[len(PARAGRAPHS[0]) + 7 :]}")
    assert "[edit]" not in draft.body.text
    assert "Rot" in lines(draft)


@pytest.mark.parametrize(
    "inset",
    [
        (
            "<aside class=related><h3>Read more</h3><ul><li><a href=/a>Pears of the plain, a year on</a></li>"
            "<li><a href=/b>What the abbot wants from the bishop</a></li></ul></aside>"
        ),
        "<div><h4>Related articles</h4><a href=/a>Pears of the plain</a> <a href=/b>The abbot’s wishes</a></div>",
        "<div><p>Related articles:</p><p><a href=/a>Pears of the plain, a year on</a></p></div>",
        (
            "<div class=newsletter-signup><h4>Sign up to Orchard Briefing</h4><p>Our weekday letter on pears and "
            "plums and the people who grow them.</p><input><button>Sign up</button></div>"
        ),
    ],
)
def test_what_interrupts_an_article_is_no_part_of_it(inset: str):
    first, second, *rest = PARAGRAPHS
    draft = article(f"<p>{first}</p><p>{second}</p>{inset}" + "".join(f"<p>{one}</p>" for one in rest))
    assert lines(draft) == PARAGRAPHS
    assert left_out(draft)


def test_what_an_article_is_about_does_not_interrupt_it():
    first, second, *rest = PARAGRAPHS
    links = "<ul><li><a href=/a>Pears of the plain</a></li><li><a href=/b>Plums of the hill</a></li></ul>"
    told = "".join(f"<p>{one}</p>" for one in rest)
    listed = article(f"<p>{first}</p><p>{second}</p><h2>Orchards that sell at the gate</h2>{links}{told}")
    assert {"Pears of the plain", "Plums of the hill"} <= set(lines(listed))
    letter = article(f"<div class='post newsletter'><p>{first}</p><p>{second}</p>{told}</div>")
    assert lines(letter) == PARAGRAPHS


def test_a_box_that_asks_to_load_something_goes_with_its_heading():
    told = [
        "Der Hafen hat im vergangenen Jahr mehr Container umgeschlagen als je zuvor seit seiner Eröffnung.",
        "Die Zahlen zeigen, dass der Verkehr gestiegen ist, während die Zahl der Schiffe weiter gesunken ist.",
        "Die Gesellschaft sagt, dass die Schiffe nur größer geworden sind und mehr tragen als noch vor Jahren.",
    ]
    box = (
        "<div><h4>Empfohlener redaktioneller Inhalt</h4><p>An dieser Stelle finden Sie einen externen Inhalt von X, "
        "der den Artikel ergänzt. Sie können ihn sich mit einem Klick anzeigen lassen.</p></div>"
    )
    draft = article(f"<p>{told[0]}</p>{box}<p>{told[1]}</p><p>{told[2]}</p>", "de", "Der Hafen wächst")
    assert lines(draft) == told
