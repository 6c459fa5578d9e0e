"""What is found, in which order, and what never is."""

import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from revue.accounts import actions as accounts
from revue.accounts.contracts import OPERATOR, VISITOR
from revue.events import actions as events
from revue.feed import found
from revue.platform import clock
from revue.platform.errors import SignInNeeded
from revue.platform.paging import BadCursor
from revue.search import actions
from revue.search import queries as search
from revue.search.contracts import Filters, Seen, Since, Sort
from revue.social import actions as social
from revue.sounds.models import Sound
from revue.videos import actions as videos
from revue.videos import captions
from revue.videos import tags as video_tags
from revue.videos.contracts import Visibility
from revue.videos.models import Video
from tests.people import make_person, viewer_of
from tests.published import give_sound, publish

pytestmark = pytest.mark.django_db


def post(author: int, caption: str, *, days: float = 0, **fields: object) -> int:
    """A public video with a caption, and in the index."""
    video_id = publish(
        author,
        caption=caption,
        tags=captions.tags(caption),
        mentions=captions.mentions(caption),
        published_at=clock.now() - datetime.timedelta(days=days),
        **fields,
    )
    actions.follow_video(video_id=video_id)
    return video_id


def find(q: str, viewer=VISITOR, **filters) -> list[int]:
    page = found.page(viewer, q=q, filters=Filters(**filters), limit=50)
    return [one.video.card.id for one in page.videos]


def marked(q: str, video_id: int) -> list[str]:
    """The parts of a video's caption that a search marks."""
    page = found.page(VISITOR, q=q, filters=Filters(), limit=50)
    one = next(one for one in page.videos if one.video.card.id == video_id)
    return [one.video.card.caption[start:end] for start, end in one.spans]


def people(q: str) -> list[str]:
    return [hit.card.handle for hit in search.people(viewer=VISITOR, q=q, limit=50).hits]


def sounds(q: str) -> list[int]:
    return [hit.page.card.id for hit in search.sounds(viewer=VISITOR, q=q, limit=50).hits]


def tag_names(q: str) -> list[str]:
    return [hit.name for hit in search.tags(q=q, limit=50).hits]


@pytest.mark.parametrize(
    ("caption", "q"),
    [
        ("We were dancing all night", "dance"),
        ("Ich habe drei Häuser gebaut", "haus"),
        ("Jongliert mit fünf Bällen", "FUNF ballen"),
        ("Crème brûlée at home", "creme brulee"),
        ("Das ist Straßenmusik", "strassenmusik"),
        ("Learn to #juggle_five", "#juggle"),
        ("Learn to #juggle_five", "five"),
        ("Guitar lesson", "guit"),
        ("تعلم الرَّقص", "الرقص"),
        ("Танцы на улице", "танец улица"),
        ("Party 💃🏽 now", "💃"),
        ("To be or not to be", "to be"),
        ("He said it's \\ 'quoted' & | ! :* <-> ()", "it's \\ 'quoted' & | ! :* <-> ()"),
    ],
)
def test_a_video_is_found_by_its_words(caption, q):
    video_id = post(make_person(), caption)
    post(make_person(), "Something else")
    assert find(q) == [video_id]


@pytest.mark.parametrize("q", ["", "   ", "!?…", "zebra", "a" * 200, "\0", "'; DROP TABLE search_video; --", "#", "@"])
def test_what_nothing_says_finds_nothing(q):
    post(make_person(), "Something else")
    assert find(q) == []
    assert people(q) == sounds(q) == tag_names(q) == []


def test_exact_words_come_before_stems_and_tags_before_captions():
    person = make_person()
    stem = post(person, "He danced in the rain")
    word = post(person, "They dance in the rain")
    tag = post(person, "In the rain #dance")
    assert find("dance rain") == [tag, word, stem]


def test_newer_and_more_liked_videos_come_first():
    person = make_person()
    old = post(person, "A yodel", days=300)
    new = post(person, "A yodel")
    liked = post(person, "A yodel", days=300)
    events.add_social(video_id=liked, likes=3000)
    actions.count_popular()
    assert find("yodel") == [liked, new, old]
    assert find("yodel", sort=Sort.LIKES)[0] == liked
    assert find("yodel", sort=Sort.DATE)[0] == new
    assert find("yodel", since=Since.MONTH) == [new]


def test_pages_hold_everything_once_whatever_happens_meanwhile():
    person = make_person()
    ids = [post(person, f"Tap number {number}", days=number) for number in range(9)]
    for sort in Sort:
        filters, seen, cursor = Filters(sort=sort), [], ""
        while True:
            page = found.page(VISITOR, q="tap", filters=filters, cursor=cursor, limit=2)
            seen += [one.video.card.id for one in page.videos]
            if page.next_cursor is None:
                break
            cursor = page.next_cursor
            post(person, "Tap, posted meanwhile")
            events.add_social(video_id=ids[-1], likes=500)
            if len(seen) == 2:
                actions.count_popular()
        assert sorted(seen) == sorted(set(seen))
        assert set(ids) <= set(seen)
        Video.objects.exclude(pk__in=ids).delete()
        with pytest.raises(BadCursor):
            found.page(VISITOR, q="other", filters=filters, cursor=cursor or "x", limit=2)


def test_where_nothing_says_all_of_it_some_of_it_is_shown_and_told():
    video_id = post(make_person(), "Violin in the park")
    page = found.page(VISITOR, q="violin spaceship", filters=Filters(), limit=5)
    assert [one.video.card.id for one in page.videos] == [video_id]
    assert page.is_partial
    assert not found.page(VISITOR, q="violin park", filters=Filters(), limit=5).is_partial


def test_matches_are_marked_in_code_points():
    person = make_person()
    assert marked("dance", post(person, "💃🏽 Dancing & #dance, dancers")) == ["Dancing", "dance", "dancers"]
    assert marked("strasse", post(person, "Die Straße und die STRASSEN")) == ["Straße", "STRASSEN"]


def test_what_one_has_watched_or_liked_is_for_those_who_are_signed_in():
    person, viewer = make_person(), viewer_of(make_person())
    liked, other = post(person, "Polka one"), post(person, "Polka two")
    social.like_video(viewer=viewer, video_id=liked)
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO events_seen (viewer, video_id) VALUES (%s, %s)", [viewer.person_id, other])
    assert find("polka", viewer, seen=Seen.LIKED) == [liked]
    assert find("polka", viewer, seen=Seen.WATCHED) == [other]
    assert find("polka", viewer, seen=Seen.UNWATCHED) == [liked]
    with pytest.raises(SignInNeeded):
        find("polka", seen=Seen.LIKED)


@pytest.mark.parametrize(
    "hidden",
    [
        {"visibility": "only_me"},
        {"visibility": "followers"},
        {"visibility": "friends"},
        {"visibility": "unlisted"},
        {"state": "processing"},
        {"state": "scheduled"},
        {"state": "removed"},
        {"state": "binned"},
    ],
)
def test_what_is_not_for_everybody_is_found_counted_and_suggested_nowhere(hidden):
    ana = make_person("ana")
    video_id = post(ana, "Secret #hush thing", **hidden)
    give_sound(ana, video_id)
    Sound.objects.update(name="Whisper")
    actions.repair()
    for viewer in (VISITOR, viewer_of(ana)):
        assert find("secret", viewer) == []
    assert tag_names("hush") == sounds("whisper") == []
    assert search.suggest(viewer=VISITOR, q="hus").tags == ()


def test_what_is_hidden_after_it_was_indexed_is_found_no_more():
    ana = make_person("ana")
    video_id = post(ana, "Secret #hush thing")
    give_sound(ana, video_id)
    actions.repair()
    assert find("secret") == [video_id]
    Video.objects.filter(pk=video_id).update(state="binned")  # and the index is not told
    assert find("secret") == tag_names("hush") == sounds("original") == []


def test_an_edit_is_found_at_once_and_a_hidden_video_leaves_the_index():
    ana = make_person("ana")
    video_id = post(ana, "First words")
    videos.edit_video(viewer=viewer_of(ana), video_id=video_id, caption="Second #thought")
    assert find("first") == []
    assert find("second") == [video_id]
    assert tag_names("thou") == ["thought"]
    videos.edit_video(viewer=viewer_of(ana), video_id=video_id, visibility=Visibility.ONLY_ME)
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_video")
        assert cursor.fetchone() == (0,)


def test_people_are_found_by_beginnings_and_without_accents(run_jobs):
    zoe = make_person("zoe.k", name="Zoë Müller")
    make_person("zorro")
    video_id = post(zoe, "My own")
    assert people("mull") == people("@zoe") == people("zoé mu") == ["zoe.k"]
    assert people("zo") == ["zorro", "zoe.k"] or people("zo") == ["zoe.k", "zorro"]
    hit = search.people(viewer=VISITOR, q="muller", limit=5).hits[0]
    assert [hit.card.name[start:end] for start, end in hit.name_spans] == ["Müller"]
    accounts.update_profile(viewer=viewer_of(zoe), handle="yara", name="Yara")
    assert people("zoe") == []
    assert people("yar") == ["yara"]
    run_jobs()
    assert find("yara") == [video_id]


def test_whose_handle_is_asked_for_comes_first_then_who_is_followed_most():
    ann, anna = make_person("ann"), make_person("anna.b", name="Ann")
    for _ in range(3):
        social.follow_person(viewer=viewer_of(make_person()), handle="anna.b")
    actions.count_popular()
    assert people("ann") == ["ann", "anna.b"]
    assert [hit.followers for hit in search.people(viewer=VISITOR, q="ann", limit=5).hits] == [0, 3]
    assert ann != anna


def test_it_is_told_whom_the_viewer_follows_and_asks_to_follow():
    viewer = viewer_of(make_person())
    _, private, _ = (make_person(handle) for handle in ("anna.a", "anna.b", "anna.c"))
    accounts.change_privacy(viewer=viewer_of(private), is_private=True)
    for handle in ("anna.a", "anna.b"):
        social.follow_person(viewer=viewer, handle=handle)
    hits = {hit.card.handle: hit for hit in search.people(viewer=viewer, q="anna", limit=5).hits}
    assert [(hits[handle].is_followed, hits[handle].is_requested) for handle in sorted(hits)] == [
        (True, False),
        (False, True),
        (False, False),
    ]


def test_people_who_are_apart_by_a_block_do_not_find_each_other():
    ana, ben = make_person("ana"), make_person("ben")
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO social_block (id, blocker_id, blocked_id, made_at) VALUES (1, %s, %s, now())", [ana, ben]
        )
    for viewer, handle in ((ana, "ben"), (ben, "ana")):
        assert search.people(viewer=viewer_of(viewer), q=handle, limit=5).hits == ()
        assert search.suggest(viewer=viewer_of(viewer), q=handle).people == ()
    assert people("ben") == ["ben"]


def test_a_closed_account_is_found_nowhere():
    ana = make_person("ana")
    post(ana, "Some words #tagged")
    accounts.set_active(actor=OPERATOR, person_id=ana, is_active=False)
    assert people("ana") == find("words") == tag_names("tagged") == []


def test_tags_are_found_by_beginnings_the_same_first_then_the_most_used():
    ana = make_person()
    for caption in ("#müll", "#mülleimer", "#mülleimer two", "#mull", "#other"):
        post(ana, caption)
    video_tags.count()
    actions.count_popular()
    assert tag_names("#Mull") == ["mull", "müll", "mülleimer"]
    assert tag_names("mulleimer") == ["mülleimer"]
    hit = search.tags(q="mulle", limit=5).hits[0]
    assert (hit.name[: hit.spans[0][1]], hit.videos) == ("mülle", 2)


def test_sounds_are_found_by_name_and_owner():
    ana = make_person("ana.k", name="Ana")
    video_id = post(ana, "With a sound")
    sound_id = give_sound(ana, video_id)
    Sound.objects.filter(pk=sound_id).update(name="Café Walzer")
    actions.follow_sound(sound_id=sound_id)
    assert sounds("cafe") == sounds("walz") == sounds("@ana.k") == [sound_id]
    actions.repair()
    assert find("walzer") == [video_id]


def test_repair_finds_what_was_missed_and_rebuilding_changes_nothing():
    ana = make_person("ana")
    missed = publish(ana, caption="Missed one")
    Video.objects.filter(pk=post(ana, "Old words")).update(caption="New words")
    assert actions.repair() == 2
    assert find("missed") == [missed]
    assert find("old") == []
    assert actions.repair() == 0
    before = find("words")
    assert actions.rebuild() == 3  # two videos and a person
    assert find("words") == before


def test_each_question_costs_few_statements():
    ana = make_person("ana")
    for number in range(5):
        post(ana, f"Clip {number} #clips")
    costs = {
        "videos": lambda: found.page(VISITOR, q="clip", filters=Filters(), limit=20),
        "people": lambda: search.people(viewer=VISITOR, q="ana", limit=20),
        "tags": lambda: search.tags(q="clip", limit=20),
        "suggest": lambda: search.suggest(viewer=VISITOR, q="cl"),
    }
    counted = {}
    for name, ask in costs.items():
        with CaptureQueriesContext(connection) as queries:
            ask()
        counted[name] = len(queries)
    assert counted == {"videos": 4, "people": 3, "tags": 1, "suggest": 2}
