package dev.latchkey.embedded;

import static dev.latchkey.embedded.Ports.Listener.ISSUER;
import static dev.latchkey.embedded.Ports.Listener.KAFKA;
import static dev.latchkey.embedded.Ports.Listener.KAFKA_CONTROLLER;
import static dev.latchkey.embedded.Ports.Listener.POSTGRES;
import static dev.latchkey.embedded.Ports.Listener.PROVIDERS;
import static dev.latchkey.embedded.Ports.Listener.REGISTRY;
import static dev.latchkey.embedded.Ports.Listener.TRANSIT;

import dev.latchkey.embedded.Ports.Listener;
import dev.latchkey.embedded.parts.KafkaBroker;
import dev.latchkey.embedded.parts.Postgres;
import dev.latchkey.embedded.parts.SchemaRegistry;
import dev.latchkey.embedded.process.ChildProcess;
import dev.latchkey.embedded.process.Command;
import dev.latchkey.embedded.process.Part;
import dev.latchkey.embedded.process.Readiness;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** How each program of a stack is started. */
final class Launcher {
    private static final int MEGABYTES = 256;

    private final StackSettings settings;
    private final ServiceSettings services;
    private final Ports ports;

    Launcher(StackSettings settings) {
        this.settings = settings;
        this.services = new ServiceSettings(settings);
        this.ports = settings.ports();
    }

    /** Returns when the program is ready. */
    Part start(Stack.Program program) {
        return switch (program) {
            case KAFKA -> kafkaBroker();
            case POSTGRES -> Postgres.start(ports.of(POSTGRES), data("postgres"));
            case REGISTRY -> registry();
            case STAND_INS -> standIns();
            case API -> service("api", Listener.API, services.api());
            case ROUTER -> service("router", Listener.ROUTER, services.router());
            case AGENT_WORKER -> service("agent-worker", Listener.AGENT_WORKER, services.agentWorker());
            case PNL_WORKER -> service("pnl-worker", Listener.PNL_WORKER, services.pnlWorker());
        };
    }

    String publisherToken() {
        return services.publisherToken();
    }

    /** The environment of the program that rotates the master key. */
    Map<String, String> keysSettings() {
        return services.keys();
    }

    /** Where what programs print is kept. */
    Path logs() {
        return data("logs");
    }

    private Part kafkaBroker() {
        return KafkaBroker.start(
                settings.sizing(), ports.of(KAFKA), ports.of(KAFKA_CONTROLLER), data("kafka"), log("kafka"));
    }

    private Part registry() {
        return SchemaRegistry.start(
                ports.of(REGISTRY),
                settings.distribution().registry(),
                Postgres.url(ports.of(POSTGRES), "registry"),
                log("registry"));
    }

    private Part standIns() {
        var process = ChildProcess.start("the stand-ins", java("stand-ins", services.standIns()), log("stand-ins"));
        return process.whenReady(() -> Readiness.isOpen(ports.of(TRANSIT))
                && Readiness.isOpen(ports.of(PROVIDERS))
                && Readiness.isOpen(ports.of(ISSUER)));
    }

    private Part service(String artifact, Listener listener, Map<String, String> environment) {
        var process = ChildProcess.start(listener.label(), java(artifact, environment), log(artifact));
        var ready = URI.create(ports.url(listener) + "/health/ready");
        return process.whenReady(() -> Readiness.isOk(ready));
    }

    private Command java(String artifact, Map<String, String> environment) {
        var jar = settings.distribution().jar(artifact).toString();
        return Command.java(settings.sizing(), MEGABYTES, List.of("-jar", jar), environment);
    }

    private Path data(String name) {
        return settings.data().resolve(name);
    }

    private Path log(String name) {
        return logs().resolve(name + ".log");
    }
}
