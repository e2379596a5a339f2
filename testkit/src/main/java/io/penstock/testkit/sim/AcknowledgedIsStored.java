package io.penstock.testkit.sim;

import io.penstock.producer.RecordMetadata;
import io.penstock.testkit.fake.StoredRecord;
import java.util.List;

/** A record that was acknowledged lies in its partition, at the offset that was told, with the bytes that were sent. */
final class AcknowledgedIsStored implements Checker {

    @Override
    public void check(Parts parts) {
        boolean brokerAnswers = !parts.plan().acks().equals("0");
        for (SimRecord record : parts.history().records()) {
            List<StoredRecord> places = parts.logs().places(record);
            RecordMetadata told = record.metadata;
            if (brokerAnswers && record.isAcknowledged() && told != null && !isThere(told, places)) {
                parts.findings().add("AcknowledgedIsStored", record + " lies at " + places);
            }
            for (StoredRecord stored : places) {
                checkContent(record, stored, parts);
            }
        }
    }

    private static boolean isThere(RecordMetadata told, List<StoredRecord> places) {
        for (StoredRecord stored : places) {
            if (stored.partition() == told.partition() && (!told.hasOffset() || stored.offset() == told.offset())) {
                return true;
            }
        }
        return false;
    }

    private static void checkContent(SimRecord record, StoredRecord stored, Parts parts) {
        boolean right = stored.topic().equals(record.topic)
                && (record.namedPartition < 0 || record.namedPartition == stored.partition())
                && record.hasKey(stored.key())
                && java.util.Arrays.equals(record.value, stored.value());
        if (!right) {
            parts.findings().add("AcknowledgedIsStored", "the bytes of " + record + " are not those of " + stored);
        }
    }
}
