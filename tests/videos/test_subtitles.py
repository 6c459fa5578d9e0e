"""Subtitles: what is read, how it is kept, who gets it, and that the search finds videos by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from revue.accounts.contracts import VISITOR
from revue.feed import found as found_videos
from revue.search.contracts import Filters
from revue.videos import actions, queries, subtitles
from revue.videos.errors import BadSubtitles, SubtitlesNotFound, TooManySubtitles, VideoInBin, VideoNotFound
from revue.videos.models import Subtitles
from revue.videos.subtitles import Cue
from tests.people import make_person, viewer_of
from tests.published import publish

SRT = """1
00:00:01,000 --> 00:00:02,500
Salt & <i>pepper</i>
- and 3 > 2

2
00:00:00,000 --> 00:00:01,000
Grüße
""".replace("\n", "\r\n")
VTT = """\ufeffWEBVTT - of a talk

STYLE
::cue { color: red }

NOTE nobody reads this

first
00:01.000 --> 00:02.500 line:0 align:start
<v Ana>Salt &amp; <c.red>pepper</c>
"""


def test_subrip_and_webvtt_are_read_alike_and_in_the_order_of_their_times() -> None:
    assert subtitles.read(SRT) == (Cue(0, 1000, "Grüße"), Cue(1000, 2500, "Salt & pepper\n- and 3 > 2"))
    assert subtitles.read(VTT) == (Cue(1000, 2500, "Salt & pepper"),)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Hello",
        "WEBVTT",
        "WEBVTT\n\n00:01.000 -> 00:02.000\nHello",
        "WEBVTT\n\n00:02.000 --> 00:01.000\nBackwards",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<i></i>",
        "WEBVTT\n\n99:00:00.000 --> 99:00:01.000\nLater",
        "1\n00:00:01,000 --> 00:00:02,000\nHello\n\n2\n00:00:01 --> soon\nHello",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "a" * subtitles.MOST_LETTERS,
    ],
)
def test_what_is_no_subtitles_is_refused(text: str) -> None:
    with pytest.raises(BadSubtitles):
        subtitles.read(text)


_LINE = st.text(st.characters(exclude_categories=["C", "Z"]), min_size=1).map(str.strip).filter(bool)
_CUES = st.lists(st.tuples(st.integers(0, 10**7), st.integers(1, 10**6), st.lists(_LINE, min_size=1)), min_size=1)


@given(_CUES)
def test_what_is_written_is_read_again_word_for_word(given_cues: list[tuple[int, int, list[str]]]) -> None:
    cues = tuple(Cue(start, start + length, "\n".join(lines)) for start, length, lines in sorted(given_cues))
    cues = tuple(sorted(cues, key=lambda cue: cue.start_ms))
    vtt = subtitles.write(cues)
    assert subtitles.read(vtt) == cues
    assert subtitles.words_of(vtt).split() == " ".join(cue.text for cue in cues).split()


def test_languages_are_written_as_the_standard_writes_them() -> None:
    assert [subtitles.language(tag) for tag in ("EN", "pt-br", "zh-hant-TW", "es-419")] == [
        "en",
        "pt-BR",
        "zh-Hant-TW",
        "es-419",
    ]
    for wrong in ("", "e", "english", "en_US", "en-", "e1", "en\n"):
        with pytest.raises(BadSubtitles):
            subtitles.language(wrong)


@pytest.mark.django_db
def test_they_stand_on_the_card_and_are_for_whoever_may_watch() -> None:
    ana = viewer_of(make_person())
    video_id = publish(ana.person_id)
    for _ in range(2):  # again is the same
        actions.put_subtitles(viewer=ana, video_id=video_id, language="de-at", text=SRT)
    actions.put_subtitles(viewer=ana, video_id=video_id, language="en", text=VTT)
    card = queries.card(viewer=VISITOR, video_id=video_id)
    assert [line.language for line in card.subtitles] == ["de-AT", "en"]
    assert list(card.subtitles) == queries.subtitles(viewer=VISITOR, video_id=video_id)
    vtt = queries.subtitles_vtt(viewer=VISITOR, video_id=video_id, language="EN")
    assert vtt == "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nSalt &amp; pepper\n"
    for _ in range(2):
        actions.delete_subtitles(viewer=ana, video_id=video_id, language="de-AT")
    with pytest.raises(SubtitlesNotFound):
        queries.subtitles_vtt(viewer=VISITOR, video_id=video_id, language="de-AT")


@pytest.mark.django_db
def test_others_neither_change_them_nor_see_those_of_what_they_may_not_watch() -> None:
    ana, ben = viewer_of(make_person()), viewer_of(make_person())
    video_id = publish(ana.person_id, visibility="only_me")
    actions.put_subtitles(viewer=ana, video_id=video_id, language="en", text=VTT)
    for ask in (
        lambda: queries.subtitles(viewer=ben, video_id=video_id),
        lambda: queries.subtitles_vtt(viewer=VISITOR, video_id=video_id, language="en"),
        lambda: actions.put_subtitles(viewer=ben, video_id=video_id, language="en", text=SRT),
        lambda: actions.delete_subtitles(viewer=ben, video_id=video_id, language="en"),
    ):
        with pytest.raises(VideoNotFound):
            ask()
    assert queries.subtitles_vtt(viewer=ana, video_id=video_id, language="en").startswith("WEBVTT")


@pytest.mark.django_db
def test_their_author_has_them_before_the_video_is_out_and_not_in_the_bin() -> None:
    ana = viewer_of(make_person())
    video_id = publish(ana.person_id, state="processing")
    actions.put_subtitles(viewer=ana, video_id=video_id, language="en", text=VTT)
    assert len(queries.subtitles(viewer=ana, video_id=video_id)) == 1
    actions.delete_video(viewer=ana, video_id=video_id)
    with pytest.raises(VideoNotFound):
        queries.subtitles(viewer=ana, video_id=video_id)
    with pytest.raises(VideoInBin):
        actions.put_subtitles(viewer=ana, video_id=video_id, language="en", text=VTT)
    actions.erase_video(viewer=ana, video_id=video_id)
    assert not Subtitles.objects.exists()


@pytest.mark.django_db
def test_a_video_has_them_in_so_many_languages_and_no_more() -> None:
    ana = viewer_of(make_person())
    video_id = publish(ana.person_id)
    for number in range(subtitles.MOST_LANGUAGES):
        actions.put_subtitles(viewer=ana, video_id=video_id, language=f"en-{100 + number}", text=VTT)
    actions.put_subtitles(viewer=ana, video_id=video_id, language="en-100", text=SRT)
    with pytest.raises(TooManySubtitles):
        actions.put_subtitles(viewer=ana, video_id=video_id, language="de", text=SRT)


@pytest.mark.django_db
def test_the_search_finds_a_video_by_what_is_said_in_it_also_in_other_forms_of_the_words() -> None:
    ana = viewer_of(make_person())
    video_id = publish(ana.person_id, caption="Nothing of it")
    said = "WEBVTT\n\n00:00.000 --> 00:01.000\nWe juggled lanterns\n"

    def found(words: str) -> list[int]:
        return [one.video.card.id for one in found_videos.page(VISITOR, q=words, filters=Filters(), limit=5).videos]

    actions.put_subtitles(viewer=ana, video_id=video_id, language="en", text=said)
    assert found("lanterns") == found("juggling lantern") == [video_id]
    actions.delete_subtitles(viewer=ana, video_id=video_id, language="en")
    assert found("lanterns") == []
