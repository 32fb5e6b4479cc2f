package dev.latchkey.api.keys;

import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What a command finds around itself.
 *
 * @param terminal whether somebody watches
 */
record Surroundings(Map<String, String> environment, LongSupplier nanoTime, boolean terminal) {}
