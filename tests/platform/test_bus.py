"""What is published reaches every subscriber of its topic, on commit, and over a lost connection."""

import asyncio
from collections.abc import Awaitable, Callable

import psycopg
import pytest
from asgiref.sync import sync_to_async
from django.db import connection, transaction

from revue.platform import bus

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE_SECONDS = 20


def publish_in_a_thread(*message: object) -> None:
    try:
        bus.publish(*message)  # type: ignore[arg-type]
    finally:
        connection.close()


async def tell(*message: object) -> None:
    await sync_to_async(publish_in_a_thread, thread_sensitive=False)(*message)


async def listening(topics: list[str]) -> tuple[list[bus.Message], asyncio.Task[None]]:
    """A subscriber that is surely subscribed, and what it hears."""
    heard: list[bus.Message] = []

    async def hear() -> None:
        async for message in bus.subscribe(topics):
            heard.append(message)  # noqa: PERF401 - it never ends, and others look meanwhile

    task = asyncio.create_task(hear())

    async def knocks() -> bool:
        await tell(topics[0], "knock", {})
        await asyncio.sleep(0.05)
        return bool(heard)

    await until(knocks)
    await asyncio.sleep(0.1)
    heard.clear()
    return heard, task


async def until(ask: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await ask():  # noqa: ASYNC110 - what is waited for happens in a database
            await asyncio.sleep(0.02)


async def has(heard: list[bus.Message], message: bus.Message) -> None:
    async def is_there() -> bool:
        return message in heard

    await until(is_there)


async def end(*tasks: asyncio.Task[None]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def test_each_subscriber_of_a_topic_hears_it_and_no_other_does() -> None:
    async def scene() -> None:
        first, one = await listening(["video:a"])
        second, two = await listening(["video:a", "video:b"])
        await tell("video:b", "counts", {"likes": 1})
        await tell("video:a", "counts", {"likes": 2})
        await has(first, bus.Message("video:a", "counts", {"likes": 2}))
        await has(second, bus.Message("video:a", "counts", {"likes": 2}))
        assert bus.Message("video:b", "counts", {"likes": 1}) in second
        assert all(message.topic == "video:a" for message in first)
        await end(one, two)

    asyncio.run(scene())


def test_a_lost_connection_is_made_again_and_subscribers_are_told() -> None:
    async def scene() -> None:
        heard, task = await listening(["video:a"])
        await sync_to_async(kill_listeners, thread_sensitive=False)()
        await has(heard, bus.LOST)
        await tell("video:a", "counts", {"likes": 3})
        await has(heard, bus.Message("video:a", "counts", {"likes": 3}))
        await end(task)

    asyncio.run(scene())


def kill_listeners() -> None:
    parameters = connection.get_connection_params()
    where = {name: parameters[name] for name in ("host", "user", "dbname")}
    with psycopg.connect(**where, autocommit=True) as killer:
        killer.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE 'LISTEN%'")


def test_the_connection_ends_with_the_last_subscriber() -> None:
    async def scene() -> None:
        _, task = await listening(["video:a"])
        await end(task)
        await asyncio.sleep(0)
        assert not bus._listener()._queues
        assert bus._listener()._task is None

    asyncio.run(scene())


def test_a_slow_subscriber_is_told_that_it_missed_something() -> None:
    queue: asyncio.Queue[bus.Message] = asyncio.Queue(bus.LONGEST_QUEUE)
    for number in range(bus.LONGEST_QUEUE + 1):
        bus._put(queue, bus.Message("a", "b", {"n": number}))
    assert queue.qsize() == 1
    assert queue.get_nowait() == bus.LOST


def test_what_a_rolled_back_transaction_said_is_never_heard() -> None:
    def regret() -> None:
        try:
            with transaction.atomic():
                bus.publish("video:a", "counts", {"likes": 99})
                transaction.set_rollback(True)
        finally:
            connection.close()

    async def scene() -> None:
        heard, task = await listening(["video:a"])
        await sync_to_async(regret, thread_sensitive=False)()
        await tell("video:a", "counts", {"likes": 1})
        await has(heard, bus.Message("video:a", "counts", {"likes": 1}))
        assert [message.data for message in heard] == [{"likes": 1}]
        await end(task)

    asyncio.run(scene())


def test_a_message_that_does_not_fit_is_refused() -> None:
    with pytest.raises(bus.MessageTooLarge):
        bus.publish("video:a", "comment.created", {"text": "x" * bus.LARGEST_BYTES})
