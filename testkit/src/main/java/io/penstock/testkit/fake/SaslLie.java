package io.penstock.testkit.fake;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Ways in which a broker that should not be trusted answers SCRAM; other mechanisms are answered honestly. */
public enum SaslLie implements SaslTamper {
    /** The last message carries the signature of somebody who does not know the password. */
    WRONG_SIGNATURE(2) {
        @Override
        String lie(String honest) {
            return "v=" + Base64.getEncoder().encodeToString(new byte[32]);
        }
    },
    /** The last message is empty: the server proves nothing. */
    NO_SIGNATURE(2) {
        @Override
        String lie(String honest) {
            return "";
        }
    },
    /** The last message is an error although the answer says success. */
    ERROR_INSTEAD_OF_SIGNATURE(2) {
        @Override
        String lie(String honest) {
            return "e=other-error";
        }
    },
    /** One round of hashing, so that the proof can be broken offline. */
    ONE_ITERATION(1) {
        @Override
        String lie(String honest) {
            return honest.replaceFirst("i=\\d+", "i=1");
        }
    },
    /** So many rounds that the client never ends. */
    TWO_BILLION_ITERATIONS(1) {
        @Override
        String lie(String honest) {
            return honest.replaceFirst("i=\\d+", "i=2147483647");
        }
    },
    /** No number where the count of rounds should be. */
    ITERATIONS_ARE_NO_NUMBER(1) {
        @Override
        String lie(String honest) {
            return honest.replaceFirst("i=\\d+", "i=many");
        }
    },
    /** A nonce that does not begin with the client's, as in an exchange that is played again. */
    FOREIGN_NONCE(1) {
        @Override
        String lie(String honest) {
            return honest.replaceFirst("r=[^,]*", "r=0123456789abcdef");
        }
    },
    /** The client's own nonce and nothing added. */
    ECHOED_NONCE(1) {
        @Override
        String lie(String honest) {
            return honest.replaceFirst("r=([^,]*)" + ScramServer.NONCE_MARK + "[^,]*", "r=$1");
        }
    },
    /** A salt that is no base 64. */
    SPOILED_SALT(1) {
        @Override
        String lie(String honest) {
            return honest.replaceFirst("s=[^,]*", "s=???");
        }
    },
    /** Bytes that are no message at all. */
    GARBAGE(1) {
        @Override
        String lie(String honest) {
            return "\u0000\u0001garbage,,,=";
        }
    };

    private final int step;

    SaslLie(int step) {
        this.step = step;
    }

    @Override
    public byte[] answer(String mechanism, int atStep, byte[] honest) {
        if (atStep != step || !mechanism.startsWith("SCRAM")) {
            return honest;
        }
        return lie(new String(honest, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
    }

    abstract String lie(String honest);
}
