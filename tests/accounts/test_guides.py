"""«?» of every page leads to the paragraph about it, and nothing in a guide leads nowhere."""

from __future__ import annotations

import re

import pytest
from django.conf import settings

from tests import cast
from tests.access.addresses import named
from tiepdan.accounts import guides as reads
from tiepdan.accounts.rules import Role

# Rooms whose pages have the frame of the staff and work of their own; administration has a guide of its own.
ROOMS = ("cases", "invitations", "notify", "receptions", "sheets", "points", "documents", "policy")
NAMES = sorted(file.stem for file in settings.GUIDES.glob("*.md"))


def known(name: str) -> reads.Guide:
    found = reads.guide(name)
    assert found is not None
    return found


@pytest.mark.parametrize("name", NAMES)
def test_what_a_guide_says_it_explains_exists_and_its_headings_are_told_apart(name: str) -> None:
    addresses = set(named())
    every = addresses | {f"{one.partition(':')[0]}:*" for one in addresses}
    claimed = {page for section in known(name).sections for page in section.pages}
    assert claimed <= every, claimed - every
    anchors = [section.anchor for section in known(name).sections]
    assert len(anchors) == len(set(anchors)) and all(anchors)


@pytest.mark.parametrize("name", NAMES)
def test_a_guide_shows_its_headings_and_no_mark_of_ours(name: str) -> None:
    text = reads.html(known(name))
    assert "&lt;!--" not in text and "<!--" not in text
    for section in known(name).sections:
        assert f'id="{section.anchor}"' in text, section.title
    for other, anchor in re.findall(r'href="\.\./([a-z0-9-]+)/(?:#([a-z0-9-]+))?"', text):
        assert not anchor or anchor in {section.anchor for section in known(other).sections}
        assert known(other)


@pytest.mark.parametrize("role", list(Role))
def test_every_page_of_the_work_has_its_paragraph(role: Role) -> None:
    for page in sorted(named()):
        address = reads.help_address(page, frozenset({role}))
        found = re.fullmatch(r"/huong-dan/([a-z0-9-]+)/#([a-z0-9-]+)", address)
        if found:
            assert found[2] in {section.anchor for section in known(found[1]).sections}, page
        else:
            assert address == "/huong-dan/" and page.partition(":")[0] not in ROOMS, page


def test_ones_own_guide_goes_before_a_closer_paragraph_of_somebody_elses() -> None:
    assert reads.help_address("cases:detail", frozenset({Role.CLERK})).startswith("/huong-dan/can-bo-tiep-dan/#")
    assert reads.help_address("cases:slip", frozenset({Role.INSPECTOR})) == "/huong-dan/thanh-tra/#doc-vu-viec"
    assert reads.help_address("cases:intake", frozenset({Role.CLERK})).endswith("#1-tiep-nhan-vu-viec")


@pytest.mark.django_db
def test_the_link_stands_on_the_page_and_the_search_shows_the_paragraph() -> None:
    browser = cast.browser(cast.clerk())
    page = browser.get("/vu-viec/moi/").content.decode()
    assert 'href="/huong-dan/can-bo-tiep-dan/#1-tiep-nhan-vu-viec"' in page
    found = browser.get("/huong-dan/?tu=DOAN+dong+nguoi").content.decode()
    assert 'href="/huong-dan/can-bo-tiep-dan/#2-doan-dong-nguoi"' in found
    lost = browser.get("/khong-co-trang-nay/")
    assert lost.status_code == 404 and 'href="/huong-dan/"' in lost.content.decode()
