package io.penstock.internal.engine;

import static io.penstock.internal.engine.MetricRows.MILLIS_PER_NANO;

import io.penstock.internal.metrics.AuthenticationMetrics;
import io.penstock.internal.metrics.NetworkMetrics;
import io.penstock.internal.metrics.Parts;
import io.penstock.internal.metrics.ProducerMetrics;
import io.penstock.internal.metrics.StageTimes.Stage;
import io.penstock.internal.metrics.TopicMetrics;
import io.penstock.internal.metrics.TrafficMetrics;
import io.penstock.internal.metrics.TransactionTimes;

/**
 * Kafka's metrics of a producer. Names and units are Kafka's.
 *
 * <p>Different from Kafka's in what they mean, for a reason:
 *
 * <ul>
 *   <li>{@code record-size-avg} is the mean of records; Kafka's is the mean over batches of the largest record's upper bound.
 *   <li>{@code buffer-total-bytes} and {@code buffer-available-bytes} are those of the page pool, without the part of
 *       {@code buffer.memory} that is for asynchronous records which wait.
 *   <li>{@code waiting-threads} counts calls in the line for memory: a blocked {@code send}, or the first of the asynchronous
 *       records of a partition, which block no thread.
 *   <li>{@code bufferpool-wait-*} is the time of blocked calls only.
 *   <li>{@code metadata-age} is NaN until there is metadata.
 * </ul>
 */
final class MetricTables {

    private static final double PER_MILLION = 1.0 / ProducerMetrics.MILLION;
    private static final double SECONDS_PER_NANO = 1e-9;

    static final MetricRows<Parts<TopicMetrics>> TOPIC = new MetricRows<Parts<TopicMetrics>>()
            .rateAndTotal("record-send", "Records sent to the topic", all -> all.sum(TopicMetrics::records))
            .rateAndTotal("byte", "Bytes of batches sent to the topic", all -> all.sum(TopicMetrics::bytes))
            .rateAndTotal(
                    "record-retry", "Records of the topic to be sent again", all -> all.sum(TopicMetrics::retries))
            .row(
                    "record-error-rate",
                    "Records of the topic that failed, a second",
                    (topic, now) -> topic.sum(TopicMetrics::failures).rate(now)
                            + topic.sum(TopicMetrics::refusals).rate(now))
            .total(
                    "record-error-total",
                    "Records of the topic that failed, since the start",
                    topic -> topic.sum(TopicMetrics::failures).total()
                            + topic.sum(TopicMetrics::refusals).total())
            .row(
                    "compression-rate",
                    "Bytes of the topic's records as sent for one before compression: the mean of batches",
                    (topic, now) -> topic.sum(TopicMetrics::compression).average(now) * PER_MILLION);

    static final MetricRows<Parts<TrafficMetrics>> NODE = traffic(new MetricRows<>(), "the broker");

    static final MetricRows<MetricSources> PRODUCER = new MetricRows<>();

    private MetricTables() {}

    static {
        addRecords(PRODUCER);
        addBatches(PRODUCER);
        addMemory(PRODUCER);
        addNetwork(PRODUCER);
        addTimes(PRODUCER);
        addAuthentication(PRODUCER);
        addStages(PRODUCER);
    }

    private static void addRecords(MetricRows<MetricSources> rows) {
        rows.rateAndTotal("record-send", "Records sent", m -> m.producer().sum(ProducerMetrics::requestRecords))
                .rateAndTotal("record-retry", "Records to be sent again", m -> m.producer()
                        .sum(ProducerMetrics::retries))
                .row(
                        "record-error-rate",
                        "Records that failed, a second",
                        (m, now) -> m.producer().sum(ProducerMetrics::failures).rate(now)
                                + m.producer().sum(ProducerMetrics::refusals).rate(now))
                .total(
                        "record-error-total",
                        "Records that failed, since the start",
                        m -> m.producer().sum(ProducerMetrics::failures).total()
                                + m.producer().sum(ProducerMetrics::refusals).total())
                .row(
                        "record-size-avg",
                        "Bytes of a record before compression: the mean",
                        (m, now) -> m.averageRecordBytes(now))
                .row("record-size-max", "Bytes of a record before compression: the largest", (m, now) -> m.producer()
                        .sum(ProducerMetrics::largestRecordBytes)
                        .max(now))
                .averageAndMax(
                        "record-queue-time",
                        "Milliseconds from a batch's first record to its being sent",
                        MILLIS_PER_NANO,
                        m -> m.producer().sum(ProducerMetrics::queueNanos))
                .row("records-per-request-avg", "Records in a produce request: the mean", (m, now) -> m.producer()
                        .sum(ProducerMetrics::requestRecords)
                        .average(now));
    }

    private static void addBatches(MetricRows<MetricSources> rows) {
        rows.averageAndMax("batch-size", "Bytes of a batch as it is sent", 1, m -> m.producer()
                        .sum(ProducerMetrics::batchBytes))
                .rateAndTotal("batch-split", "Batches split because the broker found them too large", m -> m.producer()
                        .sum(ProducerMetrics::splits))
                .row(
                        "compression-rate-avg",
                        "Bytes of records as sent for one before compression: the mean of batches",
                        (m, now) ->
                                m.producer().sum(ProducerMetrics::compression).average(now) * PER_MILLION);
    }

    private static void addMemory(MetricRows<MetricSources> rows) {
        rows.total("buffer-total-bytes", "Memory for records, in bytes", m -> m.pool()
                        .capacityBytes())
                .total("buffer-available-bytes", "Of it, what no record holds", m -> m.pool()
                        .availableBytes())
                .rateAndTotal("buffer-exhausted", "Records refused for want of memory", m -> m.producer()
                        .sum(ProducerMetrics::bufferExhaustions))
                .total("waiting-threads", "Calls that wait for memory now", m -> m.pool()
                        .waitingCount())
                .row(
                        "bufferpool-wait-ratio",
                        "Time that calls were blocked for memory, of the time that passed; of all callers together",
                        (m, now) -> m.producer()
                                        .sum(ProducerMetrics::bufferWaitNanos)
                                        .rate(now)
                                * SECONDS_PER_NANO)
                .total(
                        "bufferpool-wait-time-ns-total",
                        "Nanoseconds that calls were blocked for memory, since the start",
                        m -> m.producer().sum(ProducerMetrics::bufferWaitNanos).total());
    }

    private static void addNetwork(MetricRows<MetricSources> rows) {
        for (MetricRows.Row<Parts<TrafficMetrics>> row :
                traffic(new MetricRows<>(), "all brokers").all()) {
            rows.row(row.name(), row.description(), (m, now) -> row.reading()
                    .at(m.network().map(NetworkMetrics::all), now));
        }
        rows.row(
                        "network-io-rate",
                        "Reads and writes of connections, a second",
                        (m, now) -> m.network()
                                        .map(NetworkMetrics::all)
                                        .sum(TrafficMetrics::incomingBytes)
                                        .eventRate(now)
                                + m.network()
                                        .map(NetworkMetrics::all)
                                        .sum(TrafficMetrics::outgoingBytes)
                                        .eventRate(now))
                .total(
                        "network-io-total",
                        "Reads and writes of connections, since the start",
                        m -> (double) m.network()
                                        .map(NetworkMetrics::all)
                                        .sum(TrafficMetrics::incomingBytes)
                                        .events()
                                + m.network()
                                        .map(NetworkMetrics::all)
                                        .sum(TrafficMetrics::outgoingBytes)
                                        .events())
                .countRateAndTotal("connection-creation", "Connections made", m -> m.network()
                        .sum(NetworkMetrics::connectionsMade))
                .countRateAndTotal("connection-close", "Connections closed", m -> m.network()
                        .sum(NetworkMetrics::connectionsClosed))
                .total(
                        "connection-count",
                        "Connections that are open",
                        m -> Math.max(
                                0L,
                                m.network().sum(NetworkMetrics::connectionsMade).events()
                                        - m.network()
                                                .sum(NetworkMetrics::connectionsClosed)
                                                .events()))
                .total("requests-in-flight", "Requests that wait for their response", m -> m.requestsInFlight())
                .averageAndMax(
                        "produce-throttle-time", "Milliseconds of pause that brokers ask for", 1, m -> m.producer()
                                .sum(ProducerMetrics::throttleMillis))
                .row(
                        "io-ratio",
                        "Time in which loops handled I/O, of the time that passed; of all loops together",
                        (m, now) -> m.network().sum(NetworkMetrics::ioNanos).rate(now) * SECONDS_PER_NANO)
                .row(
                        "io-time-ns-avg",
                        "Nanoseconds of handling I/O in one look for it: the mean",
                        (m, now) -> m.network().sum(NetworkMetrics::ioNanos).average(now))
                .total("io-time-ns-total", "Nanoseconds of handling I/O, since the start", m -> m.network()
                        .sum(NetworkMetrics::ioNanos)
                        .total())
                .row(
                        "io-wait-ratio",
                        "Time in which loops waited for I/O, of the time that passed; of all loops together",
                        (m, now) -> m.network().sum(NetworkMetrics::waitNanos).rate(now) * SECONDS_PER_NANO)
                .row(
                        "io-wait-time-ns-avg",
                        "Nanoseconds of waiting for I/O in one look for it: the mean",
                        (m, now) -> m.network().sum(NetworkMetrics::waitNanos).average(now))
                .total("io-wait-time-ns-total", "Nanoseconds of waiting for I/O, since the start", m -> m.network()
                        .sum(NetworkMetrics::waitNanos)
                        .total())
                .countRateAndTotal("select", "Looks of the loops for I/O that is ready", m -> m.producer()
                        .sum(ProducerMetrics::turns))
                .row("metadata-age", "Seconds since the cluster last told all", MetricSources::metadataAgeSeconds);
    }

    private static void addAuthentication(MetricRows<MetricSources> rows) {
        rows.countRateAndTotal(
                        "successful-authentication",
                        "Connections whose TLS or SASL handshake succeeded",
                        m -> m.network().map(NetworkMetrics::authentication).sum(AuthenticationMetrics::successes))
                .total(
                        "successful-authentication-no-reauth-total",
                        "The same: only a broker tells those apart that cannot be renewed",
                        m -> m.network()
                                .map(NetworkMetrics::authentication)
                                .sum(AuthenticationMetrics::notRenewed)
                                .events())
                .countRateAndTotal(
                        "failed-authentication",
                        "Connections whose TLS or SASL handshake failed",
                        m -> m.network().map(NetworkMetrics::authentication).sum(AuthenticationMetrics::failures))
                .countRateAndTotal(
                        "successful-reauthentication",
                        "Renewals of a SASL session that succeeded",
                        m -> m.network().map(NetworkMetrics::authentication).sum(AuthenticationMetrics::renewalNanos))
                .countRateAndTotal("failed-reauthentication", "Renewals of a SASL session that failed", m -> m.network()
                        .map(NetworkMetrics::authentication)
                        .sum(AuthenticationMetrics::failedRenewals))
                .averageAndMax(
                        "reauthentication-latency",
                        "Milliseconds that a renewal of a SASL session takes",
                        MILLIS_PER_NANO,
                        m -> m.network().map(NetworkMetrics::authentication).sum(AuthenticationMetrics::renewalNanos));
    }

    private static void addTimes(MetricRows<MetricSources> rows) {
        rows.total(
                        "metadata-wait-time-ns-total",
                        "Nanoseconds that calls were blocked for metadata, since the start",
                        m -> m.callers().metadataWaitNanos())
                .total("flush-time-ns-total", "Nanoseconds in flush(), since the start", m -> m.callers()
                        .flushNanos());
        for (TransactionTimes.Call call : TransactionTimes.Call.values()) {
            rows.total(
                    "txn-" + call.label() + "-time-ns-total",
                    "Nanoseconds in the blocking form of a transactional call, since the start",
                    m -> m.callers().transactions().nanos(call));
        }
    }

    /** Beyond Kafka's; named as its brokers name the percentiles of their coordinators. */
    private static void addStages(MetricRows<MetricSources> rows) {
        for (Stage stage : Stage.values()) {
            addPercentile(rows, stage, "p50", 0.5);
            addPercentile(rows, stage, "p95", 0.95);
            addPercentile(rows, stage, "p99", 0.99);
            addPercentile(rows, stage, "p999", 0.999);
            rows.row(
                    stage.label() + "-time-ms-max",
                    "Milliseconds " + stage.what() + ": the longest",
                    (m, now) -> m.stages().maxNanos(stage, now) * MILLIS_PER_NANO);
        }
    }

    private static void addPercentile(MetricRows<MetricSources> rows, Stage stage, String name, double part) {
        rows.row(
                stage.label() + "-time-ms-" + name,
                "Milliseconds " + stage.what() + ": the percentile, to 1.6 %",
                (m, now) -> m.stages().percentileNanos(stage, part, now) * MILLIS_PER_NANO);
    }

    private static MetricRows<Parts<TrafficMetrics>> traffic(MetricRows<Parts<TrafficMetrics>> rows, String peer) {
        return rows.rateAndTotal(
                        "incoming-byte", "Bytes read from " + peer, all -> all.sum(TrafficMetrics::incomingBytes))
                .rateAndTotal(
                        "outgoing-byte", "Bytes written to " + peer, all -> all.sum(TrafficMetrics::outgoingBytes))
                .countRateAndTotal("request", "Requests sent to " + peer, all -> all.sum(TrafficMetrics::requestBytes))
                .averageAndMax(
                        "request-size",
                        "Bytes of a request to " + peer,
                        1,
                        all -> all.sum(TrafficMetrics::requestBytes))
                .countRateAndTotal("response", "Responses from " + peer, all -> all.sum(TrafficMetrics::responses))
                .averageAndMax(
                        "request-latency",
                        "Milliseconds from a produce request to its response, of " + peer,
                        MILLIS_PER_NANO,
                        all -> all.sum(TrafficMetrics::latencyNanos));
    }
}
