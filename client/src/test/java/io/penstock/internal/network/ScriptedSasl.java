package io.penstock.internal.network;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.penstock.internal.config.HostPort;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Exchanges of two messages, "one" and "two", which are made when the test says so. */
final class ScriptedSasl implements SaslExchanges {

    final List<Scripted> opened = new ArrayList<>();

    @Override
    public String mechanism() {
        return "SCRIPTED";
    }

    @Override
    public SaslExchange open(HostPort broker) {
        Scripted exchange = new Scripted();
        opened.add(exchange);
        return exchange;
    }

    Scripted last() {
        return opened.get(opened.size() - 1);
    }

    static final class Scripted implements SaslExchange {
        final List<String> challenges = new ArrayList<>();
        boolean closed;

        @Nullable
        Replies asked;

        @Override
        public void next(byte[] challenge, Replies replies) {
            challenges.add(new String(challenge, UTF_8));
            asked = replies;
        }

        @Override
        public String conceal(String text) {
            return text.replace("canary", "[hidden]");
        }

        @Override
        public void close() {
            closed = true;
        }

        void reply(@Nullable String message, boolean complete, long now) {
            Replies to = asked;
            asked = null;
            to.onReply(new Reply(message == null ? null : message.getBytes(UTF_8), complete, "alice"), now);
        }

        void fail(String why, long now) {
            Replies to = asked;
            asked = null;
            to.onFailed(why, now);
        }
    }
}
