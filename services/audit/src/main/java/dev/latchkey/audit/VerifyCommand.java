package dev.latchkey.audit;

import dev.latchkey.audit.history.Replay;
import dev.latchkey.audit.history.Scope;
import dev.latchkey.audit.output.Figures;
import dev.latchkey.audit.output.VerificationReport;
import dev.latchkey.runtime.Figure;
import dev.latchkey.schemas.Topics;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code audit verify}: whether the history is the one that was written. */
@Command(
        name = "verify",
        description = {
            "Recomputes the hash of every change and follows each user's chain, and names every record that was changed,"
                    + " removed, put in or moved, the first one first.",
            "The exit status is 0 only if there is none. What was cut off at a chain's end, and a chain that was"
                    + " written anew from its beginning, are not found: nothing signs the chains' ends yet."
        })
final class VerifyCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final Addresses addresses = new Addresses();

    @Option(names = "--user", paramLabel = "UUID", description = "Only this user's chain.")
    private @Nullable UUID user;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the figures to this file.")
    private @Nullable Path json;

    VerifyCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        long begin = surroundings.nanoTime().getAsLong();
        var out = spec.commandLine().getOut();
        var history = surroundings.history(addresses, spec.commandLine().getErr());
        var report = new VerificationReport(out, Topics.CREDENTIAL_AUDIT.name());
        var tally = Replay.run(history, new Scope(user, null), report);
        var time = Duration.ofNanos(surroundings.nanoTime().getAsLong() - begin);
        if (json != null) {
            Figure.write(json, Figures.of(tally, time));
        }
        return tally.findings() == 0 && !out.checkError() ? 0 : 1;
    }
}
