package dev.latchkey.embedded;

import static dev.latchkey.embedded.Ports.Listener.API;
import static dev.latchkey.embedded.Ports.Listener.KAFKA;
import static dev.latchkey.embedded.Ports.Listener.POSTGRES;
import static dev.latchkey.embedded.Ports.Listener.PROVIDERS;
import static dev.latchkey.embedded.Ports.Listener.REGISTRY;
import static dev.latchkey.embedded.Ports.Listener.TRANSIT;

import dev.latchkey.embedded.parts.Postgres;
import dev.latchkey.embedded.parts.Provisioning;
import dev.latchkey.embedded.parts.SchemaRegistry;
import dev.latchkey.embedded.process.Command;
import dev.latchkey.embedded.process.Restartable;
import dev.latchkey.runtime.DatabaseSettings;
import dev.latchkey.runtime.KafkaSettings;
import dev.latchkey.schemas.RegistryFormat;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

/** Every part and every service, running on this machine. */
public final class Stack implements AutoCloseable {
    /** What runs. */
    public enum Program {
        KAFKA,
        POSTGRES,
        REGISTRY,
        STAND_INS,
        API,
        ROUTER,
        AGENT_WORKER,
        PNL_WORKER
    }

    private static final Duration TOKEN_LIFE = Duration.ofHours(12);

    private final StackSettings settings;
    private final Launcher launcher;
    private final Map<Program, Restartable> programs = new EnumMap<>(Program.class);

    private Stack(StackSettings settings) {
        this.settings = settings;
        this.launcher = new Launcher(settings);
        for (var program : Program.values()) {
            programs.put(program, new Restartable(() -> launcher.start(program)));
        }
    }

    /** Returns when everything is ready; when something fails to start, nothing is left running. */
    public static Stack start(StackSettings settings, Progress progress) {
        var stack = new Stack(settings);
        try {
            settings.ports().requireFree();
            stack.startAll(progress);
            return stack;
        } catch (RuntimeException e) {
            stack.close();
            throw e;
        } finally {
            progress.done();
        }
    }

    public Ports ports() {
        return settings.ports();
    }

    public URI api() {
        return URI.create(ports().url(API));
    }

    public URI providerStandIn() {
        return URI.create(ports().url(PROVIDERS));
    }

    /** How a service beside this stack reaches its topics. */
    public KafkaSettings kafka() {
        var registry = URI.create(ports().url(REGISTRY) + SchemaRegistry.API);
        return new KafkaSettings("localhost:" + ports().of(KAFKA), RegistryFormat.Settings.apicurio(registry));
    }

    /** How a program beside this stack reaches the api's database. */
    public DatabaseSettings database() {
        var url = Postgres.url(ports().of(POSTGRES), "latchkey");
        return new DatabaseSettings(url, Postgres.USER, Postgres.PASSWORD, 1);
    }

    /** A bearer token that the services accept. */
    public String token(UUID user) {
        return Tokens.signer(settings.issuerKey()).token(user, TOKEN_LIFE);
    }

    /** The program for auditors, with its arguments, pointed at this stack. */
    public Command audit(List<String> arguments) {
        return AuditProgram.of(settings.distribution(), arguments, kafka(), database());
    }

    /** The program for operators, with its arguments, pointed at this stack. */
    public Command users(List<String> arguments) {
        return UsersProgram.of(settings, arguments, kafka());
    }

    public URI transit() {
        return URI.create(ports().url(TRANSIT));
    }

    /** With it an upstream service opens data keys at the transit. */
    public String publisherToken() {
        return launcher.publisherToken();
    }

    /** The program that rotates the master key, with its arguments, pointed at this stack. */
    public Command keys(List<String> arguments) {
        return KeysProgram.of(settings.distribution(), arguments, launcher.keysSettings());
    }

    /** Where everything is that the programs keep. */
    public Path data() {
        return settings.data();
    }

    /** Where the logs of all programs are. */
    public Path logs() {
        return launcher.logs();
    }

    public void start(Program program) {
        restartable(program).start();
    }

    public void stop(Program program) {
        restartable(program).close();
    }

    /** As a crash would. */
    public void kill(Program program) {
        restartable(program).kill();
    }

    /** In the order that lets each finish what it does with the others. */
    @Override
    public void close() {
        InParallel.run(List.of(
                stopping(Program.API),
                stopping(Program.ROUTER),
                stopping(Program.AGENT_WORKER),
                stopping(Program.PNL_WORKER)));
        stop(Program.REGISTRY);
        InParallel.run(List.of(stopping(Program.KAFKA), stopping(Program.POSTGRES), stopping(Program.STAND_INS)));
    }

    private void startAll(Progress progress) {
        progress.waitingFor("Kafka, PostgreSQL, the schema registry and the stand-ins");
        InParallel.run(List.of(starting(Program.KAFKA), this::startDatabaseAndRegistry, starting(Program.STAND_INS)));
        progress.waitingFor("the topics and schemas");
        new Provisioning(kafka()).run();
        progress.waitingFor("the api, the router, the agent-worker and the pnl-worker");
        InParallel.run(List.of(
                starting(Program.API),
                starting(Program.ROUTER),
                starting(Program.AGENT_WORKER),
                starting(Program.PNL_WORKER)));
    }

    private void startDatabaseAndRegistry() {
        start(Program.POSTGRES);
        start(Program.REGISTRY);
    }

    private Runnable starting(Program program) {
        return () -> start(program);
    }

    private Runnable stopping(Program program) {
        return () -> stop(program);
    }

    private Restartable restartable(Program program) {
        return Objects.requireNonNull(programs.get(program));
    }
}
