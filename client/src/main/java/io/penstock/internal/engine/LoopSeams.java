package io.penstock.internal.engine;

import io.penstock.internal.loop.Mailbox;
import io.penstock.internal.network.HostResolver;
import io.penstock.internal.network.SaslExchanges;
import io.penstock.internal.network.Transport;
import java.util.Random;

/**
 * The seams of one loop, which shares none of them with another.
 *
 * @param resolver posts its answers to the mailbox
 * @param random the loop's own source
 * @param sasl authenticates its connections, and posts to the mailbox
 */
public record LoopSeams(
        Mailbox mailbox, Transport transport, HostResolver resolver, Random random, SaslExchanges sasl) {}
