package dev.latchkey.embedded.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import dev.latchkey.embedded.process.Command;
import dev.latchkey.embedded.process.Output;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class RecordingTest {
    @Test
    void everyTradeAndPriceCanBeRead() {
        var trades = Recording.rows("trades.csv");
        var prices = Recording.rows("prices.csv");

        assertThat(trades).isNotEmpty().allSatisfy(trade -> {
            assertThat(trade.text("user")).isIn("A", "B");
            assertThat(trade.text("side")).isIn("BUY", "SELL");
            assertThat(trade.amount("quantity")).isPositive();
            assertThat(trade.amount("price")).isPositive();
            assertThat(trade.text("symbol").split("-", -1)).hasSize(2).contains(trade.text("fee_currency"));
            assertThat(trade.time("time")).isNotNull();
        });
        assertThat(prices).isNotEmpty().allSatisfy(price -> {
            assertThat(price.amount("price")).isPositive();
            assertThat(price.time("time")).isNotNull();
        });
        assertThat(symbols(prices)).containsAll(symbols(trades));
    }

    @Test
    void aMorningHasDuplicatesLateArrivalsAndRebates() {
        var trades = Recording.rows("trades.csv");
        var times = trades.stream().map(trade -> trade.time("time")).toList();

        assertThat(trades.stream().map(trade -> trade.text("id")).distinct()).hasSizeLessThan(trades.size());
        assertThat(trades).anyMatch(trade -> trade.amount("fee").signum() < 0);
        assertThat(times).isNotEqualTo(times.stream().sorted().toList());
    }

    /** A price of the future does not count yet. */
    @ParameterizedTest
    @ValueSource(strings = {"2026-01-01T00:00:00Z", "2031-01-01T00:00:00Z"})
    void endsNowWheneverItIsReplayed(Instant now) {
        var rows = Stream.of("trades.csv", "prices.csv")
                .flatMap(file -> Recording.rows(file).stream())
                .toList();

        var later = Recording.untilNow(now, rows);

        assertThat(rows.stream().map(row -> row.time("time").plus(later)).max(Comparator.naturalOrder()))
                .hasValue(now);
    }

    @Test
    void theExpectedFiguresAreThoseComputedApartFromTheServices() throws IOException {
        requirePython();

        var computed = Output.of(new Command(List.of("python3", "src/main/demo-data/expected.py"), Map.of()));

        assertThat(computed).isEqualTo(new Output(0, lines("expected.csv")));
    }

    private static Iterable<String> symbols(List<Recording.Row> rows) {
        return rows.stream().map(row -> row.text("symbol")).collect(Collectors.toSet());
    }

    private static List<String> lines(String file) throws IOException {
        try (var in = Objects.requireNonNull(Recording.class.getResourceAsStream("/demo/" + file))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }

    private static void requirePython() {
        var found = Output.of(new Command(List.of("sh", "-c", "command -v python3"), Map.of()));
        if (found.status() != 0) {
            var reason = "NOT RUN: src/main/demo-data/expected.py, because this machine has no python3";
            System.err.println(reason);
            abort(reason);
        }
    }
}
