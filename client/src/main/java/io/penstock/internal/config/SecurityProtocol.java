package io.penstock.internal.config;

import java.util.Locale;

/** What is spoken with brokers below Kafka's protocol: {@code security.protocol}. */
public enum SecurityProtocol {
    PLAINTEXT(false, false),
    SSL(true, false),
    SASL_PLAINTEXT(false, true),
    SASL_SSL(true, true);

    private final boolean tls;
    private final boolean sasl;

    SecurityProtocol(boolean tls, boolean sasl) {
        this.tls = tls;
        this.sasl = sasl;
    }

    static SecurityProtocol from(ConfigValues values) {
        return valueOf(values.text("security.protocol").toUpperCase(Locale.ROOT));
    }

    public boolean usesTls() {
        return tls;
    }

    public boolean usesSasl() {
        return sasl;
    }
}
