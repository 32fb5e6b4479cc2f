package dev.latchkey.api.keys;

import dev.latchkey.api.outbox.OutboxAnnouncements;
import dev.latchkey.api.postgres.Database;
import dev.latchkey.api.rewrap.Outcome;
import dev.latchkey.api.rewrap.Rewrap;
import dev.latchkey.api.rewrap.SealedKeys;
import dev.latchkey.api.rewrap.Watcher;
import dev.latchkey.api.store.Clerk;
import dev.latchkey.api.store.KeysByVersion;
import dev.latchkey.runtime.Figure;
import dev.latchkey.runtime.Parts;
import dev.latchkey.runtime.TerminalLine;
import dev.latchkey.runtime.UuidSource;
import dev.latchkey.schemas.Topics;
import dev.latchkey.sealing.MasterKey;
import dev.latchkey.sealing.vault.VaultFingerprints;
import dev.latchkey.sealing.vault.VaultMasterKey;
import dev.latchkey.sealing.vault.VaultSession;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
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
            "Seals the key of every active credential and the data key of every user anew under the newest versions of their"
                    + " master keys, in the tables and on the topics, and then lets older versions open nothing any more.",
            "No key is opened. Everything goes on working meanwhile. Stopped at any moment, it goes on when it is started"
                    + " again. The exit status is 0 only if older versions are retired and every"
                    + " key is under these master keys."
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
        Parts.requireKafka(config.kafka(), Topics.CREDENTIALS, Topics.DATA_KEYS);
        Parts.requireRegistry(config.kafka());
        try (var database = Database.openAsItIs(config.database())) {
            var works = List.of(ofCredentials(vault, database), ofDataKeys(vault, database));
            return options.isDryRun() ? foretell(works) : run(works, config, database);
        }
    }

    /** One master key and all that it seals. */
    private record Work(KeyKind kind, MasterKey masterKey, SealedKeys keys) {
        RewrapReport report() {
            return new RewrapReport(masterKey.name(), kind);
        }
    }

    private Work ofCredentials(VaultSession vault, Database database) {
        var masterKey = VaultMasterKey.ofApiKeys(vault);
        var fingerprints = new VaultFingerprints(vault);
        return new Work(
                KeyKind.CREDENTIALS,
                masterKey,
                KeysByVersion.ofCredentials(database, clerk, masterKey.name(), fingerprints));
    }

    private Work ofDataKeys(VaultSession vault, Database database) {
        var masterKey = VaultMasterKey.ofDataKeys(vault);
        return new Work(KeyKind.DATA_KEYS, masterKey, KeysByVersion.ofDataKeys(database, clerk, masterKey.name()));
    }

    private int foretell(List<Work> works) {
        var figures = new ArrayList<Figure>();
        for (var work : works) {
            var versions = work.masterKey().versions();
            long toDo = work.keys().countBelow(versions.newest());
            say(work.report().foretold(toDo, versions));
            long elsewhere = work.keys().countElsewhere();
            if (elsewhere > 0) {
                say(work.report().elsewhere(elsewhere));
            }
            figures.add(Figure.of(
                    work.kind().many() + " to rewrap", toDo, work.kind().many()));
        }
        options.write(figures);
        return 0;
    }

    /** What stops one kind of keys does not stop the other. */
    private int run(List<Work> works, KeysConfig config, Database database) {
        var requestId = requestId();
        var figures = new ArrayList<Figure>();
        int status = 0;
        for (var work : works) {
            long begin = surroundings.nanoTime().getAsLong();
            var events = new OutboxAnnouncements(
                    database, config.kafka(), work.kind().topic(), UNPUBLISHED);
            var outcome = watched(
                    work.kind(),
                    watcher -> new Rewrap(
                                    work.masterKey(), work.keys(), events, new Rewrap.Run(requestId, BATCH, watcher))
                            .complete());
            var time = Duration.ofNanos(surroundings.nanoTime().getAsLong() - begin);
            say(work.report().sentence(outcome));
            figures.addAll(work.report().figures(outcome, work.masterKey().versions(), time));
            status = Math.max(status, RewrapReport.status(outcome));
        }
        options.write(figures);
        return status;
    }

    /** In a pipe there is nobody to watch. */
    private Outcome watched(KeyKind kind, Function<Watcher, Outcome> rewrap) {
        if (!surroundings.terminal()) {
            return rewrap.apply(Watcher.silent());
        }
        var line = new TerminalLine(spec.commandLine().getErr(), surroundings.nanoTime());
        try {
            return rewrap.apply(new ProgressBar(line, kind));
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
