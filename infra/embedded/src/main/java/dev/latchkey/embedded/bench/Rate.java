package dev.latchkey.embedded.bench;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntConsumer;
import java.util.stream.DoubleStream;

/** How often a second something can be done: the median of five seconds, after one that does not count. */
final class Rate {
    private static final Duration SLICE = Duration.ofSeconds(1);
    private static final int SLICES = 5;

    private Rate() {}

    /** Does it with the numbers 0, 1, 2 ... in so many threads. */
    static double of(int threads, IntConsumer work) {
        var number = new AtomicInteger();
        Runnable once = () -> work.accept(number.getAndIncrement() & Integer.MAX_VALUE);
        slice(threads, once);
        var slices = DoubleStream.generate(() -> slice(threads, once))
                .limit(SLICES)
                .sorted()
                .toArray();
        return slices[SLICES / 2];
    }

    private static double slice(int threads, Runnable once) {
        var done = new LongAdder();
        long begin = System.nanoTime();
        long end = begin + SLICE.toNanos();
        try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < threads; i++) {
                executor.execute(() -> repeat(once, end, done));
            }
        }
        return done.sum() / ((System.nanoTime() - begin) / 1e9);
    }

    private static void repeat(Runnable once, long end, LongAdder done) {
        while (System.nanoTime() < end) {
            once.run();
            done.increment();
        }
    }
}
