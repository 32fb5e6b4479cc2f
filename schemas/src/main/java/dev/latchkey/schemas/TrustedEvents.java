package dev.latchkey.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/** Tells Avro that it may build our events, and nothing beyond its own defaults. */
final class TrustedEvents {
    private static final String EVENTS = "dev.latchkey.events";

    private TrustedEvents() {}

    static void trust() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.DEFAULT, type -> type.getPackageName().equals(EVENTS)));
    }
}
