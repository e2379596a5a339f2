package io.penstock.testkit.sim;

import io.penstock.producer.MetricName;

/** In seeds whose settings hold passwords, none of them is in the settings' words, in a failure, or in a metric's name. */
final class SecretsHidden implements Checker {

    private static final String NAME = "SecretsHidden";

    @Override
    public void check(Parts parts) {
        if (!parts.plan().extras().secrets()) {
            return;
        }
        for (SimRecord record : parts.history().records()) {
            for (Throwable told = record.failure; told != null; told = told.getCause()) {
                look("a failure", told, parts.findings());
            }
        }
        for (SimProducer producer : parts.producers()) {
            look("the producer", producer.engine(), parts.findings());
            for (MetricName metric : producer.engine().metrics().keySet()) {
                look("a metric", metric, parts.findings());
            }
        }
    }

    static void look(String where, Object what, Findings findings) {
        String words = what.toString();
        if (words.contains(Extras.SECRET)) {
            findings.add(NAME, "a password is in " + where + ": " + words);
        }
    }
}
