package dev.latchkey.embedded;

import dev.latchkey.embedded.process.Readiness;
import dev.latchkey.runtime.StartRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where everything listens. */
public record Ports(Map<Listener, Integer> numbers) {
    /** Whatever listens, and where by default. */
    public enum Listener {
        API("the api", 8080),
        ROUTER("the router", 8082),
        AGENT_WORKER("the agent-worker", 8083),
        PNL_WORKER("the pnl-worker", 8084),
        KAFKA("Kafka", 9092),
        KAFKA_CONTROLLER("Kafka's controller", 9093),
        REGISTRY("the schema registry", 8081),
        POSTGRES("PostgreSQL", 5432),
        TRANSIT("transit", 8200),
        PROVIDERS("the provider stand-in", 8090),
        ISSUER("the token issuer", 8300);

        private final String label;
        private final int port;

        Listener(String label, int port) {
            this.label = label;
            this.port = port;
        }

        public String label() {
            return label;
        }
    }

    private static final int HIGHEST = 65_535;

    public Ports {
        numbers = Map.copyOf(numbers);
    }

    /** The ports of {@code up}, all shifted by an offset. */
    public static Ports stable(int offset) {
        var numbers = new EnumMap<Listener, Integer>(Listener.class);
        for (var listener : Listener.values()) {
            numbers.put(listener, listener.port + offset);
        }
        if (numbers.values().stream().anyMatch(port -> port < 1 || port > HIGHEST)) {
            throw new StartRefused("--port-offset " + offset + " leads to a port below 1 or above " + HIGHEST);
        }
        return new Ports(numbers);
    }

    /** Ports that nobody listens at now. */
    public static Ports free() {
        var sockets = new EnumMap<Listener, ServerSocket>(Listener.class);
        for (var listener : Listener.values()) {
            sockets.put(listener, open());
        }
        var numbers = new EnumMap<Listener, Integer>(Listener.class);
        sockets.forEach((listener, socket) -> numbers.put(listener, socket.getLocalPort()));
        sockets.values().forEach(Ports::close);
        return new Ports(numbers);
    }

    public int of(Listener listener) {
        return Objects.requireNonNull(numbers.get(listener));
    }

    public String url(Listener listener) {
        return "http://localhost:" + of(listener);
    }

    /** Refuses to start over somebody else. */
    public void requireFree() {
        var taken = Stream.of(Listener.values())
                .filter(listener -> Readiness.isOpen(of(listener)))
                .map(listener -> of(listener) + " (" + listener.label + ")")
                .collect(Collectors.joining(", "));
        if (!taken.isEmpty()) {
            throw new StartRefused("somebody listens already at port " + taken
                    + ": stop that program, or shift all ports with --port-offset");
        }
    }

    private static ServerSocket open() {
        try {
            return new ServerSocket(0);
        } catch (IOException e) {
            throw new UncheckedIOException("this machine has no free port", e);
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
