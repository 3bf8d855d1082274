"""The component library: which function is which tag, and which template it fills."""

from django.template import Library

from gongshu.core.ui import figures
from gongshu.core.ui.components import forms, furniture, pictures, states

register = Library()

for written in (
    figures.number,
    figures.wan,
    figures.percent,
    figures.cn_date,
    figures.cn_time,
    figures.due,
    figures.masked,
):
    register.filter(written.__name__, written)

for simple in (furniture.styles, furniture.icon, furniture.honour, states.pill):
    register.simple_tag(simple)

for block in (
    furniture.card,
    furniture.panel,
    furniture.notice,
    furniture.nothing,
    furniture.columns,
    furniture.asks,
    furniture.facts,
    furniture.fact,
    pictures.stats,
):
    register.simple_block_tag(block)
register.simple_block_tag(furniture.confirm, takes_context=True)

for part in (
    furniture.button,
    furniture.post_button,
    furniture.tabs,
    furniture.chips,
    furniture.crumbs,
    furniture.person,
    states.problems,
    states.steps,
    states.timeline,
    states.progress,
    forms.field,
    forms.fields,
    forms.errors,
    forms.form,
    pictures.stat,
    pictures.bars,
    pictures.trend,
    pictures.heat,
    pictures.tree,
    pictures.table,
):
    register.inclusion_tag(f"ui/parts/{part.__name__}.html")(part)

register.inclusion_tag("ui/parts/pager.html", takes_context=True)(furniture.pager)
