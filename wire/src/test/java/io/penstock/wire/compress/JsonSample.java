package io.penstock.wire.compress;

import java.nio.charset.StandardCharsets;
import java.util.Random;

/** JSON events as a log pipeline sends them: fixed names, few distinct texts, numbers and ids that differ. */
final class JsonSample {

    private static final String[] LEVELS = {"INFO", "WARN", "ERROR", "DEBUG"};
    private static final String[] SERVICES = {"checkout", "inventory", "billing", "search", "gateway", "mailer"};
    private static final String[] PATHS = {"/api/v1/orders", "/api/v1/items", "/login", "/api/v2/pay", "/health"};

    private JsonSample() {}

    static byte[] event(Random random) {
        String json = "{\"ts\":" + (1_700_000_000_000L + random.nextInt(10_000_000)) + ",\"level\":\""
                + LEVELS[random.nextInt(LEVELS.length)] + "\",\"service\":\""
                + SERVICES[random.nextInt(SERVICES.length)]
                + "\",\"path\":\"" + PATHS[random.nextInt(PATHS.length)] + "\",\"ms\":" + random.nextInt(2000)
                + ",\"trace\":\""
                + Long.toHexString(random.nextLong()) + "\"}";
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
