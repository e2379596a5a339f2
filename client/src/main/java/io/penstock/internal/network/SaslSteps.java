package io.penstock.internal.network;

import io.penstock.internal.config.HostPort;

/** Makes the step that authenticates a connection; loop only. */
record SaslSteps(SaslExchanges exchanges, String clientId) {

    boolean areUsed() {
        return exchanges != SaslExchanges.NONE;
    }

    SetupStep newStep(HostPort broker) {
        return areUsed() ? new SaslStep(exchanges, clientId, broker) : SetupStep.NONE;
    }
}
