package dev.latchkey.embedded.bench;

import java.util.List;
import java.util.Optional;

/** All that can be measured. */
public final class Benchmarks {
    private static final List<Benchmark> ALL = List.of(
            new UnsealBenchmark(),
            new RevocationBenchmark(),
            new RewrapBenchmark(),
            new FairnessBenchmark(),
            new AgentsBenchmark());

    private Benchmarks() {}

    public static List<Benchmark> all() {
        return ALL;
    }

    public static Optional<Benchmark> named(String name) {
        return ALL.stream().filter(benchmark -> benchmark.name().equals(name)).findFirst();
    }
}
