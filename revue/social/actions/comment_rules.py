"""Which comments under a person's videos wait until that person has read them. What waits already goes on waiting."""

from collections.abc import Sequence

from django.db import transaction

from revue.accounts.contracts import Viewer
from revue.accounts.policy import person_id_of
from revue.platform import limits, wording
from revue.social import policy
from revue.social.contracts import Rules
from revue.social.errors import TooManyFilterWords
from revue.social.models import CommentRules

CHANGES_PER_MINUTE = 120


@transaction.atomic
def set_approves_first(*, viewer: Viewer, approves_first: bool) -> Rules:
    """Have all comments under the viewer's videos wait, or only those that say one of their words.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many changes in a minute.
    """
    rules = _own(viewer)
    rules.approves_first = approves_first
    return _saved(rules)


@transaction.atomic
def add_filter_words(*, viewer: Viewer, words: Sequence[str]) -> Rules:
    """Have comments wait that say one of these; a word that is there already, however it is written, changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many changes in a minute.
        BadFilterWord: one is empty, too long, or nothing that can be compared.
        TooManyFilterWords: more than 200 would stand there.
    """
    rules = _own(viewer)
    kept = {wording.plain(word): word for word in rules.words}
    fresh = {wording.plain(word): word for word in map(policy.clean_word, words)}
    rules.words = [*(word for plain, word in fresh.items() if plain not in kept), *rules.words]
    if len(rules.words) > policy.MOST_WORDS:
        raise TooManyFilterWords
    return _saved(rules)


@transaction.atomic
def remove_filter_word(*, viewer: Viewer, word: str) -> Rules:
    """Take a word off, as it stands there or written otherwise; again changes nothing.

    Raises:
        SignInNeeded: the viewer is a visitor.
        RateLimited: too many changes in a minute.
    """
    rules = _own(viewer)
    rules.words = [kept for kept in rules.words if wording.plain(kept) != wording.plain(word)]
    return _saved(rules)


def _own(viewer: Viewer) -> CommentRules:
    """The viewer's row, locked until the transaction ends."""
    person_id = person_id_of(viewer)
    limits.check("comment_rules", key=str(person_id), per_minute=CHANGES_PER_MINUTE)
    CommentRules.objects.bulk_create([CommentRules(person_id=person_id)], ignore_conflicts=True)
    return CommentRules.objects.select_for_update().get(pk=person_id)


def _saved(rules: CommentRules) -> Rules:
    rules.save()
    return Rules(rules.approves_first, tuple(rules.words))
