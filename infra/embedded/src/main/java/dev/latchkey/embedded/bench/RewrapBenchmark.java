package dev.latchkey.embedded.bench;

import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.embedded.process.Output;
import dev.latchkey.runtime.Figure;
import dev.latchkey.runtime.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How fast {@code keys rewrap} is from its start to the retirement of the old version, all rows changed and all events
 * published; beside what the transit alone takes to rewrap the same ciphertexts.
 */
record RewrapBenchmark(int count) implements Benchmark {
    private static final int CREDENTIALS = 100_000;

    /** Of the stack that this benchmark has to itself. */
    private static final String ROOT = UUID.randomUUID().toString();

    RewrapBenchmark() {
        this(CREDENTIALS);
    }

    @Override
    public String name() {
        return "rewrap";
    }

    @Override
    public String purpose() {
        return "credentials a second that are sealed anew, stored and published, beside the transit's own rate";
    }

    @Override
    public Benchmark sized(int credentials) {
        return new RewrapBenchmark(credentials);
    }

    @Override
    public Map<String, String> settings() {
        return Map.of("LATCHKEY_STANDINS_ROOT_TOKEN", ROOT);
    }

    @Override
    public List<Figure> measure(Stack stack, Progress progress) throws Exception {
        var transit = BatchTransit.of(stack, ROOT);
        progress.waitingFor(count + " credentials to be sealed and stored");
        var sealed = new SeededCredentials(stack, transit).store(count);
        run(stack, List.of("rotate"));
        progress.waitingFor("the transit alone");
        long begin = System.nanoTime();
        transit.rewrap(sealed);
        double transitSeconds = (System.nanoTime() - begin) / 1e9;
        progress.waitingFor("the rewrap");
        var figures = rewrap(stack);
        return List.of(
                Figure.of("credentials", figures.get("credentials rewrapped"), "rows"),
                Figure.against(
                        "rewrapped, stored and published",
                        figures.get("credentials rate"),
                        "rows/s",
                        Math.round(count / transitSeconds)),
                Figure.against("from start to end", figures.get("credentials seconds"), "s", transitSeconds));
    }

    private record Measured(Map<String, Double> values) {
        double get(String name) {
            return values.getOrDefault(name, 0.0);
        }
    }

    private static Measured rewrap(Stack stack) throws IOException {
        var file = Files.createTempFile(stack.data(), "rewrap", ".json");
        run(stack, List.of("rewrap", "--json", file.toString()));
        return read(file);
    }

    private static Measured read(Path file) throws IOException {
        var values = new HashMap<String, Double>();
        Json.MAPPER
                .readTree(Files.readAllBytes(file))
                .forEach(figure -> values.put(
                        figure.path("name").asText(), figure.path("value").asDouble()));
        return new Measured(values);
    }

    private static void run(Stack stack, List<String> arguments) {
        var output = Output.of(stack.keys(arguments));
        if (output.status() != 0) {
            throw new IllegalStateException("keys " + arguments.getFirst() + " failed: " + output.lines());
        }
    }
}
