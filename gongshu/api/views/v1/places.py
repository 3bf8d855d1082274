"""Organisations named in what a caller tells: refused in words, where a path would answer 404."""

from gongshu.core.access.actor import Actor, visible
from gongshu.core.base.problems import Refused
from gongshu.core.orgs.models import Organisation
from gongshu.core.orgs.queries import everywhere


def place_to(actor: Actor, permission: str, pk: int) -> Organisation:
    """Return the organisation at which something is to be done, within reach; raises Refused."""
    found = visible(actor, permission, everywhere(), at="").filter(pk=pk).first()
    if found is None:
        raise Refused.because("没有这个组织，或者不在这把密钥的范围内", field="organisation_id")
    return found


def reached(pk: int) -> Organisation:
    """Return any organisation, as the goal of a move; raises Refused."""
    found = everywhere().filter(pk=pk).first()
    if found is None:
        raise Refused.because("没有这个组织", field="organisation_id")
    return found
