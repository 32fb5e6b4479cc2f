package dev.latchkey.runtime;

import org.slf4j.bridge.SLF4JBridgeHandler;

/** What libraries log. */
public final class LibraryLogs {
    private LibraryLogs() {}

    /** To be called before anything else: failures reach an operator as one sentence, what clients log on the way is not for him. */
    public static void silence() {
        System.setProperty("org.slf4j.simpleLogger.defaultLogLevel", "off");
        bridge();
    }

    /** All of them through one logger. */
    static void bridge() {
        SLF4JBridgeHandler.removeHandlersForRootLogger();
        SLF4JBridgeHandler.install();
    }
}
