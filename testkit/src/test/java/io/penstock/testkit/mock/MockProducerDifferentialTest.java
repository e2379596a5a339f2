package io.penstock.testkit.mock;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same calls to Apache's mock and to ours, by chance from seeds: after each, both look the same and have thrown the same. */
class MockProducerDifferentialTest {

    private static final int SEED_COUNT = 400;
    private static final int STEP_COUNT = 40;

    private static final List<Consumer<MockUnderTest>> STEPS = List.of(
            MockUnderTest::initTransactions,
            MockUnderTest::beginTransaction,
            MockUnderTest::beginTransaction,
            MockUnderTest::commitTransaction,
            MockUnderTest::abortTransaction,
            mock -> mock.send("t", null, "a"),
            mock -> mock.send("t", 1, "b"),
            mock -> mock.send("t", 7, "c"),
            mock -> mock.send("t", -1, "d"),
            mock -> mock.send("unknown", null, "e"),
            mock -> mock.send("unknown", 3, "f"),
            mock -> mock.sendOffsets("g", 5),
            mock -> mock.sendOffsets("h", 6),
            mock -> mock.sendOffsets("g", -1),
            MockUnderTest::flush,
            MockUnderTest::completeNext,
            MockUnderTest::completeNext,
            MockUnderTest::errorNext,
            MockUnderTest::partitionsFor,
            MockUnderTest::clientInstanceId,
            MockUnderTest::injectTimeout,
            MockUnderTest::setClientInstanceId);

    /** Seldom, since little happens after them. */
    private static final List<Consumer<MockUnderTest>> SELDOM_STEPS = List.of(
            MockUnderTest::fenceProducer,
            MockUnderTest::clear,
            MockUnderTest::close,
            MockUnderTest::disableTelemetry,
            mock -> mock.fail("init"),
            mock -> mock.fail("begin"),
            mock -> mock.fail("offsets"),
            mock -> mock.fail("commit"),
            mock -> mock.fail("abort"),
            mock -> mock.fail("send"),
            mock -> mock.fail("flush"),
            mock -> mock.fail("partitions"),
            mock -> mock.fail("close"),
            mock -> mock.fail(""));

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void everyCall_doesWhatApachesDoes(boolean autoComplete, boolean withPartitioner) {
        for (long seed = 0; seed < SEED_COUNT; seed++) {
            List<String> expected = run(new ApacheMock(autoComplete, withPartitioner), seed);
            assertThat(run(new PenstockMock(autoComplete, withPartitioner), seed))
                    .as("seed " + seed)
                    .containsExactlyElementsOf(expected);
        }
    }

    @Test
    void mockWithoutSerializers_cannotSend() {
        List<String> expected = send(new ApacheMock());
        assertThat(send(new PenstockMock())).isEqualTo(expected);
        assertThat(expected.get(0)).contains("NullPointerException");
    }

    private static List<String> send(MockUnderTest mock) {
        mock.call(m -> m.send("t", null, "a"));
        return mock.lines();
    }

    private static List<String> run(MockUnderTest mock, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < STEP_COUNT; i++) {
            List<Consumer<MockUnderTest>> steps = random.nextInt(8) == 0 ? SELDOM_STEPS : STEPS;
            mock.call(steps.get(random.nextInt(steps.size())));
            lines.add(mock.observe());
        }
        lines.addAll(mock.lines());
        return lines;
    }
}
