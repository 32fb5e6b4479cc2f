package dev.latchkey.schemas;

import org.apache.avro.util.ClassSecurityValidator;

/** Tells Avro that it may build our own records, and nothing beyond its own defaults. */
final class TrustedEvents {
    private static final String OURS = "dev.latchkey.";

    private TrustedEvents() {}

    static void trust() {
        ClassSecurityValidator.setGlobal(ClassSecurityValidator.composite(
                ClassSecurityValidator.DEFAULT, type -> type.getPackageName().startsWith(OURS)));
    }
}
