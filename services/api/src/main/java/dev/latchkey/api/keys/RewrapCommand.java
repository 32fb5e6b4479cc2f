package dev.latchkey.api.keys;

import dev.latchkey.api.outbox.OutboxAnnouncements;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.rewrap.Outcome;
import dev.latchkey.api.rewrap.Rewrap;
import dev.latchkey.api.rewrap.SealedCredentials;
import dev.latchkey.api.rewrap.Watcher;
import dev.latchkey.api.store.Clerk;
import dev.latchkey.api.store.CredentialsByVersion;
import dev.latchkey.runtime.Figure;
import dev.latchkey.runtime.Parts;
import dev.latchkey.runtime.TerminalLine;
import dev.latchkey.runtime.UuidSource;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.vault.VaultMasterKey;
import dev.latchkey.sealing.vault.VaultSession;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code keys rewrap}: everything sealed anew under the newest version of the master key, and older ones retired. */
@Command(
        name = "rewrap",
        description = {
            "Seals the key of every active credential anew under the newest version of the master key, in the table and on"
                    + " the topics, and then lets older versions open nothing any more.",
            "No key is opened. Everything goes on working meanwhile. Stopped at any moment, it goes on when it is started"
                    + " again. The exit status is 0 only if older versions are retired."
        })
final class RewrapCommand implements Callable<Integer> {
    private static final int BATCH = 250;
    private static final Duration UNPUBLISHED = Duration.ofSeconds(60);

    private final Surroundings surroundings;
    private final Clerk clerk =
            new Clerk(new UuidSource(InstantSource.system(), new SecureRandom()), InstantSource.system());

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private final CommonOptions options = new CommonOptions();

    RewrapCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        var config = KeysConfig.from(surroundings.environment(), options.portOffset());
        var vault = VaultSession.open(config.vault());
        Parts.requireKafka(config.kafka(), Topics.CREDENTIALS);
        Parts.requireRegistry(config.kafka());
        try (var database = Database.openAsItIs(config.database())) {
            var masterKey = new VaultMasterKey(vault);
            var credentials = new CredentialsByVersion(database, clerk, masterKey.name());
            return options.isDryRun()
                    ? foretell(masterKey, credentials)
                    : run(config, database, masterKey, credentials);
        }
    }

    private int foretell(MasterKey masterKey, SealedCredentials credentials) {
        var versions = masterKey.versions();
        long toDo = credentials.countBelow(versions.newest());
        say(new RewrapReport(masterKey.name()).foretold(toDo, versions));
        options.write(List.of(Figure.of("to rewrap", toDo, "credentials")));
        return 0;
    }

    private int run(KeysConfig config, Database database, MasterKey masterKey, SealedCredentials credentials) {
        long begin = surroundings.nanoTime().getAsLong();
        var events = new OutboxAnnouncements(database, config.kafka(), UNPUBLISHED);
        var outcome = watched(watcher ->
                new Rewrap(masterKey, credentials, events, new Rewrap.Run(requestId(), BATCH, watcher)).complete());
        var time = Duration.ofNanos(surroundings.nanoTime().getAsLong() - begin);
        say(new RewrapReport(masterKey.name()).sentence(outcome));
        options.write(RewrapReport.figures(outcome, masterKey.versions(), time));
        return RewrapReport.status(outcome);
    }

    /** In a pipe there is nobody to watch. */
    private Outcome watched(Function<Watcher, Outcome> rewrap) {
        if (!surroundings.terminal()) {
            return rewrap.apply(Watcher.silent());
        }
        var line = new TerminalLine(spec.commandLine().getErr(), surroundings.nanoTime());
        try {
            return rewrap.apply(new ProgressBar(line));
        } finally {
            line.erase();
        }
    }

    private String requestId() {
        return "rewrap-" + clerk.nextId();
    }

    private void say(String sentence) {
        spec.commandLine().getOut().println(sentence);
    }
}
