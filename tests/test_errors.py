"""Faults and the error that carries them."""

from __future__ import annotations

import pickle
from functools import partial

import pytest

from publisher.ground.errors import Fault, PublisherError, Remedy, gather
from publisher.ground.messages import say
from publisher.ground.places import Place


def _refuse(*words: str) -> object:
    raise PublisherError(*(Fault(say(word), Remedy.EDITOR) for word in words))


def test_a_fault_reads_as_place_sentence_and_remedy() -> None:
    fault = Fault(say("it is gone"), Remedy.EDITOR, Place("a.md", 3), say("look again"))
    assert str(fault) == "a.md:3: it is gone (look again)"


def test_a_fault_without_place_and_hint_is_its_sentence() -> None:
    assert str(Fault(say("it is gone"), Remedy.EDITOR)) == "it is gone"


def test_the_first_fault_gives_the_exit_code() -> None:
    faults = [Fault(say("a"), Remedy.DESIGNER), Fault(say("b"), Remedy.CALLER)]
    assert PublisherError(*faults).exit_code == Remedy.DESIGNER.value


def test_an_error_without_faults_is_the_makers() -> None:
    assert PublisherError().exit_code == Remedy.MAKER.value


def test_every_remedy_has_an_exit_code_of_its_own_that_a_shell_can_show() -> None:
    codes = [remedy.value for remedy in Remedy]
    assert len(set(codes)) == len(codes)
    assert all(0 < code < 126 for code in codes)


def test_an_error_keeps_its_faults_through_pickle() -> None:
    error = PublisherError.of(say("no {x}", x=1), Remedy.WAIT, Place("f", 1, 2), say("wait"))
    copy = pickle.loads(pickle.dumps(error))
    assert copy.faults == error.faults
    assert str(copy) == str(error)


def test_gather_gives_results_in_order() -> None:
    assert gather(partial(str, number) for number in range(3)) == ("0", "1", "2")


def test_gather_reports_the_faults_of_all_steps_together() -> None:
    steps = (partial(_refuse, "a", "b"), partial(str, 1), partial(_refuse, "c"))
    with pytest.raises(PublisherError) as caught:
        gather(steps)
    assert [str(fault.message) for fault in caught.value.faults] == ["a", "b", "c"]


def test_gather_lets_other_exceptions_through() -> None:
    with pytest.raises(ZeroDivisionError):
        gather([lambda: 1 // 0])
