package io.penstock.internal.transaction;

import static org.assertj.core.api.Assertions.assertThat;

import io.penstock.errors.KafkaException;
import io.penstock.errors.ProducerFencedException;
import io.penstock.errors.TimeoutException;
import io.penstock.internal.loop.Mailbox;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every call in every state: where it has no place, the exception names the state, the call and what to call instead. */
class MisuseTest {

    private static final TimeoutException FAILED = new TimeoutException("the first failure");
    private static final ProducerFencedException FENCED = new ProducerFencedException("the fencing");

    @TestFactory
    Stream<DynamicTest> callInState_hasItsPlaceOrSaysWhatToCallInstead() {
        return Stream.of(TransactionState.values()).flatMap(state -> Stream.of(TransactionEvent.values())
                .filter(TransactionEvent::isCall)
                .map(call -> DynamicTest.dynamicTest(call.call() + " in " + state, () -> check(state, call))));
    }

    private static void check(TransactionState state, TransactionEvent call) {
        TransactionCalls calls = callsIn(state);
        RuntimeException thrown = null;
        try {
            switch (call) {
                case SEND, SEND_OFFSETS -> {
                    calls.enter(call);
                    calls.leave();
                }
                case COMPLETE -> calls.check(call);
                default -> calls.call(call, now -> {});
            }
        } catch (RuntimeException e) {
            thrown = e;
        }
        TransactionState next = TransactionTable.after(state, call);
        if (next != null || joins(state, call)) {
            assertThat(thrown).isNull();
            assertThat(calls.state()).isEqualTo(next == null ? state : next);
            assertThat(calls.hasSendersInside()).isFalse();
            return;
        }
        assertThat(calls.state()).as("misuse moves nothing").isEqualTo(state);
        assertThat(calls.hasSendersInside()).isFalse();
        assertThat(thrown)
                .isNotNull()
                .hasMessageContaining(call.call())
                .hasMessageContaining(state.name())
                .hasMessageMatching("(?s).*(call |wait |end |close ).*");
        switch (state) {
            case FATAL_ERROR ->
                assertThat(thrown).isInstanceOf(ProducerFencedException.class).hasCause(FENCED);
            case ABORTABLE_ERROR -> {
                boolean goesOn = call != TransactionEvent.BEGIN && call != TransactionEvent.INIT;
                assertThat(thrown)
                        .isInstanceOf(goesOn ? TimeoutException.class : IllegalStateException.class)
                        .hasMessageContaining("abortTransaction()")
                        .hasMessageContaining("the first failure")
                        .hasCause(FAILED);
            }
            default -> assertThat(thrown).isInstanceOf(IllegalStateException.class);
        }
    }

    private static boolean joins(TransactionState state, TransactionEvent call) {
        return switch (state) {
            case INITIALIZING -> call == TransactionEvent.INIT;
            case PREPARING -> call == TransactionEvent.PREPARE;
            case COMMITTING -> call == TransactionEvent.COMMIT;
            case ABORTING -> call == TransactionEvent.ABORT;
            default -> false;
        };
    }

    /** Brought there by calls and events as in life. */
    private static TransactionCalls callsIn(TransactionState state) {
        TransactionCalls calls = new TransactionCalls(new Mailbox(), now -> {});
        switch (state) {
            case UNINITIALIZED -> {}
            case INITIALIZING -> call(calls, TransactionEvent.INIT);
            case READY -> ready(calls);
            case IN_TRANSACTION -> begun(calls);
            case PREPARING -> call(begun(calls), TransactionEvent.PREPARE);
            case PREPARED -> {
                call(begun(calls), TransactionEvent.PREPARE);
                calls.move(TransactionEvent.ALL_WRITTEN, null);
            }
            case COMMITTING -> call(begun(calls), TransactionEvent.COMMIT);
            case ABORTING -> call(begun(calls), TransactionEvent.ABORT);
            case ABORTABLE_ERROR -> begun(calls).move(TransactionEvent.FAILED, FAILED);
            case FATAL_ERROR -> fail(begun(calls), FENCED);
        }
        assertThat(calls.state()).isEqualTo(state);
        return calls;
    }

    private static void fail(TransactionCalls calls, KafkaException cause) {
        calls.move(TransactionEvent.FAILED_FATALLY, cause);
    }

    private static void ready(TransactionCalls calls) {
        call(calls, TransactionEvent.INIT);
        calls.move(TransactionEvent.INITIALIZED, null);
    }

    private static TransactionCalls begun(TransactionCalls calls) {
        ready(calls);
        call(calls, TransactionEvent.BEGIN);
        return calls;
    }

    private static void call(TransactionCalls calls, TransactionEvent call) {
        calls.call(call, now -> {});
    }
}
