package dev.latchkey.embedded.bench;

import dev.latchkey.embedded.Progress;
import dev.latchkey.embedded.Stack;
import dev.latchkey.runtime.Figure;
import java.util.List;
import java.util.Map;

/** One thing that can be measured of a stack that was started for it alone. */
public interface Benchmark {
    /** What it is called on the command line. */
    String name();

    /** What it measures, in one line. */
    String purpose();

    /** The same with so many of what it is about; one that has no number stays as it is. */
    default Benchmark sized(int count) {
        return this;
    }

    /** Settings that its stack is started with. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** What the figures ought to come to. */
    default List<Goal> goals() {
        return List.of();
    }

    /** Warms up, measures, and gives every figure with the baseline that was measured beside it. */
    List<Figure> measure(Stack stack, Progress progress) throws Exception;
}
