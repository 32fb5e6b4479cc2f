package dev.latchkey.audit;

import dev.latchkey.audit.history.History;
import dev.latchkey.audit.output.Progress;
import dev.latchkey.audit.reconciling.Keeper;
import dev.latchkey.audit.reconciling.Source;
import java.io.PrintWriter;
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
        boolean terminal) {
    /** The history at these addresses; whoever watches sees how far the reading has come. */
    History history(Addresses addresses, PrintWriter watched) {
        var history = histories.apply(AuditConfig.from(environment, addresses));
        return terminal ? new Progress(history, watched, nanoTime) : history;
    }
}
