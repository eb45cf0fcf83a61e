"""Two coroutines that take turns: what one takes while the other waits is its own."""

import asyncio


@profile
async def first(turn):
    block = b"x" * (64 << 20)  # retained 64, peak 64
    await turn.wait()  # retained 0, peak 0
    more = b"x" * (32 << 20)  # retained 32, peak 32
    return block, more


@profile
async def second(turn):
    await asyncio.sleep(0.01)  # retained 0, peak 0
    block = b"x" * (96 << 20)  # retained 96, peak 96
    turn.set()  # retained 0, peak 0
    return block


async def main():
    turn = asyncio.Event()
    return await asyncio.gather(first(turn), second(turn))


kept = asyncio.run(main())
