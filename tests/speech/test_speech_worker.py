"""An engine's own process: its death, its nonsense, its silence, and the server's own death."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from mulakat.errors import SpeechError
from mulakat.speech.espeak import EspeakSynthesizer
from mulakat.speech.worker import Worker

Engine = Callable[..., Worker]
ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Engine:
    """Builds a worker around `body`, the body of `speak(request)` in a module made up here."""
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))

    def build(body: str, opening: str = "", **options: object) -> Worker:
        code = "import os, sys, time, pathlib\nfrom mulakat.speech.child import Refused, serve\n"
        code += f"HERE = pathlib.Path({str(tmp_path)!r})\n"
        code += "def speak(request):\n" + textwrap.indent(body, "    ") + "\n"
        code += f"def start():\n    {opening or 'pass'}\n    return speak, {{}}\n"
        code += "sys.exit(serve(start))\n"
        (tmp_path / "made_up_engine.py").write_text(code)
        return Worker("made_up_engine", name="made-up", **options)  # type: ignore[arg-type]

    return build


ECHO = "return {'said': request['text']}, request['text'].encode()"


async def test_asks_and_answers_in_order(engine: Engine) -> None:
    worker = engine(ECHO)
    replies = await asyncio.gather(*(worker.ask({"text": str(n)}) for n in range(20)))
    assert [body for _, body in replies] == [str(n).encode() for n in range(20)]
    await worker.close()


async def test_death_in_the_middle_of_a_sentence_is_mended_once(engine: Engine) -> None:
    once = "flag = HERE / 'died'\nif not flag.exists():\n    flag.touch()\n    os.kill(os.getpid(), 9)\n"
    worker = engine(once + ECHO)
    assert (await worker.ask({"text": "hello"}))[1] == b"hello"
    await worker.close()


async def test_death_over_the_same_sentence_again_is_told_and_others_are_spoken(engine: Engine) -> None:
    worker = engine("if request['text'] == 'bad': os._exit(7)\n" + ECHO)
    with pytest.raises(SpeechError, match="died twice") as caught:
        await worker.ask({"text": "bad"})
    assert caught.value.fix
    assert (await worker.ask({"text": "good"}))[1] == b"good"
    await worker.close()


async def test_an_engine_that_keeps_dying_is_left_alone_for_a_minute(engine: Engine) -> None:
    now = [0.0]
    worker = engine("os._exit(7)", restarts=3, clock=lambda: now[0])
    messages = []
    for _ in range(4):
        with pytest.raises(SpeechError) as caught:
            await worker.ask({"text": "x"})
        messages.append(str(caught.value))
    assert "within a minute" in messages[-1]
    assert worker.pid is None
    now[0] = 61.0
    with pytest.raises(SpeechError, match="died twice"):
        await worker.ask({"text": "x"})
    await worker.close()


async def test_a_silent_engine_is_killed_after_its_time(engine: Engine) -> None:
    worker = engine("if request['text'] == 'slow': time.sleep(600)\n" + ECHO, timeout=0.5)
    await worker.start()
    pid = worker.pid
    assert pid is not None
    with pytest.raises(SpeechError, match="did not answer"):
        await worker.ask({"text": "slow"})
    assert not psutil.pid_exists(pid)
    assert (await worker.ask({"text": "quick"}))[1] == b"quick"
    await worker.close()


@pytest.mark.parametrize(
    "garbage",
    [
        "b'garbage on the pipe ' * 50",
        "b'MSW1' + b'\\xff' * 8",
        "b'MSW1' + bytes([3,0,0,0,0,0,0,0]) + b'no!'",
    ],
)
async def test_garbage_on_the_pipe_restarts_the_engine(engine: Engine, garbage: str) -> None:
    # the descriptor that `serve` keeps for itself is the highest one that is a pipe
    leak = (
        "flag = HERE / 'leaked'\n"
        "if not flag.exists():\n"
        "    flag.touch()\n"
        "    import stat\n"
        "    pipes = [f for f in range(3, 30) if _is_pipe(f)]\n"
        f"    os.write(pipes[-1], {garbage})\n"
        "    time.sleep(60)\n"
    )
    helper = (
        "def _is_pipe(f):\n    import stat\n"
        "    try:\n        return stat.S_ISFIFO(os.fstat(f).st_mode)\n"
        "    except OSError:\n        return False\n"
    )
    worker = engine(helper + leak + ECHO)
    assert (await worker.ask({"text": "hello"}))[1] == b"hello"
    await worker.close()


async def test_what_a_library_prints_does_not_reach_the_pipe(engine: Engine) -> None:
    worker = engine("print('chatter' * 1000)\nos.write(1, b'more chatter')\n" + ECHO)
    for _ in range(3):
        assert (await worker.ask({"text": "hello"}))[1] == b"hello"
    await worker.close()


async def test_a_refused_sentence_costs_no_restart(engine: Engine) -> None:
    worker = engine("if request['text'] == 'no': raise Refused('not that')\n" + ECHO)
    await worker.start()
    pid = worker.pid
    with pytest.raises(SpeechError, match="not that"):
        await worker.ask({"text": "no"})
    assert (await worker.ask({"text": "yes"}))[1] == b"yes"
    assert worker.pid == pid
    await worker.close()


async def test_an_engine_that_cannot_start_says_why(engine: Engine) -> None:
    worker = engine(ECHO, opening="raise ImportError('no such library')")
    with pytest.raises(SpeechError, match="no such library"):
        await worker.ask({"text": "x"})
    await worker.close()


async def test_a_module_that_is_not_there_says_so() -> None:
    worker = Worker("mulakat.speech.not_there", name="nobody")
    with pytest.raises(SpeechError, match="not_there"):
        await worker.ask({"text": "x"})
    await worker.close()


async def test_closing_ends_the_process_and_answers_those_who_wait(engine: Engine) -> None:
    worker = engine("time.sleep(600)")
    await worker.start()
    pid = worker.pid
    assert pid is not None
    waiting = [asyncio.create_task(worker.ask({"text": str(n)})) for n in range(3)]
    await asyncio.sleep(0.2)
    await worker.close()
    await worker.close()
    results = await asyncio.gather(*waiting, return_exceptions=True)
    assert all(isinstance(r, SpeechError) for r in results)
    assert not psutil.pid_exists(pid)
    with pytest.raises(SpeechError):
        await worker.ask({"text": "late"})


async def test_a_caller_who_gives_up_does_not_disturb_the_next(engine: Engine) -> None:
    worker = engine("time.sleep(float(request['text']))\n" + ECHO)
    await worker.start()
    given_up = asyncio.create_task(worker.ask({"text": "0.3"}))
    await asyncio.sleep(0.05)
    given_up.cancel()
    assert (await worker.ask({"text": "0"}))[1] == b"0"
    await worker.close()


@pytest.mark.models
async def test_espeak_killed_between_and_during_sentences() -> None:
    voice = EspeakSynthesizer()
    text = "Could you tell me more about that project? " * 80
    expected = await voice.speak(text, "espeak:en")
    assert voice.pid is not None
    os.kill(voice.pid, signal.SIGKILL)
    again = await voice.speak(text, "espeak:en")
    assert [p.symbol for p in again.phonemes] == [p.symbol for p in expected.phonemes]
    speaking = asyncio.create_task(voice.speak(text, "espeak:en"))
    await asyncio.sleep(0.02)
    if voice.pid:
        os.kill(voice.pid, signal.SIGKILL)
    assert [p.symbol for p in (await speaking).phonemes] == [p.symbol for p in expected.phonemes]
    await voice.close()


@pytest.mark.models
async def test_ctrl_c_in_the_terminal_does_not_end_the_voice() -> None:
    voice = EspeakSynthesizer()
    await voice.warm()
    pid = voice.pid
    assert pid is not None
    os.kill(pid, signal.SIGINT)
    assert (await voice.speak("Still here.", "espeak:en")).pcm
    assert voice.pid == pid
    await voice.close()


@pytest.mark.models
def test_no_orphan_is_left_when_the_server_is_killed() -> None:
    code = (
        "import asyncio, time\n"
        "from mulakat.speech.espeak import EspeakSynthesizer\n"
        "voice = EspeakSynthesizer()\n"
        "asyncio.run(voice.warm())\n"
        "print(voice.pid, flush=True)\n"
        "time.sleep(600)\n"
    )
    server = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, env={**os.environ, "PYTHONPATH": str(ROOT)}
    )
    with server:
        assert server.stdout
        worker = psutil.Process(int(server.stdout.readline()))
        assert worker.is_running()
        server.kill()
    worker.wait(timeout=60)


@pytest.mark.models
def test_espeak_answers_nonsense_by_ending(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "mulakat.speech.espeak_worker"],
        input=b"GET / HTTP/1.1\r\n\r\n",
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        timeout=60,
    )
    assert done.returncode == 2
    assert b"bad request" in done.stderr
