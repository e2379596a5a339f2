package io.penstock.internal.config;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Warns of keys that neither this library nor any plug-in knows, with the key that was probably meant. Never shows values. */
final class UnknownKeys {
    private static final Logger log = LoggerFactory.getLogger(UnknownKeys.class);

    private UnknownKeys() {}

    /** One warning for each; called once, when all plug-ins are configured. */
    static void warn(Originals originals) {
        for (String key : originals.keySet()) {
            if (ConfigKeys.find(key) == null && !key.startsWith("config.providers.") && !originals.wasAskedFor(key)) {
                String nearest = nearest(key);
                if (nearest == null) {
                    log.warn("Unknown configuration {}: nothing reads it", key);
                } else {
                    log.warn("Unknown configuration {}: nothing reads it. Did you mean {}?", key, nearest);
                }
            }
        }
    }

    /** The known key with the fewest edits between, if at most a quarter of it is edited. */
    static @Nullable String nearest(String key) {
        String nearest = null;
        int fewest = Math.max(2, key.length() / 4) + 1;
        for (String known : ConfigKeys.names()) {
            int edits = known.equals(key + ".ms") ? 1 : edits(key, known); // the unit is what people leave out
            if (edits < fewest) {
                fewest = edits;
                nearest = known;
            }
        }
        return nearest;
    }

    /** Levenshtein's distance, a row at a time. */
    static int edits(String a, String b) {
        int[] above = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = above[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(above[j], row[j - 1]));
            }
            above = row;
        }
        return above[b.length()];
    }
}
