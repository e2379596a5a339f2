package io.penstock.producer;

import java.util.Map;

/** Something that is created by class name and then handed the producer's settings, once, before its first use. */
public interface Configurable {
    /** All settings as given by the user, unknown keys included; a plug-in's own keys travel this way. */
    void configure(Map<String, ?> configs);
}
