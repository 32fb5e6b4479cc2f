package dev.latchkey.audit;

import dev.latchkey.audit.history.History;
import dev.latchkey.audit.reconciling.Keeper;
import dev.latchkey.audit.reconciling.Source;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongSupplier;

/**
 * What a command finds around itself.
 *
 * @param terminal whether somebody watches
 */
record Surroundings(
        Map<String, String> environment,
        Function<AuditConfig, History> histories,
        Function<AuditConfig, Map<Keeper, Source>> keepers,
        LongSupplier nanoTime,
        boolean terminal) {}
