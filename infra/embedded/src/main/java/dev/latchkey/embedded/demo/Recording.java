package dev.latchkey.embedded.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** CSV files that come with the demo. Values have no commas. */
final class Recording {
    private static final int SCALE = 18;

    private Recording() {}

    /** A row, by the names of its columns. */
    record Row(Map<String, String> values) {
        Row {
            values = Map.copyOf(values);
        }

        String text(String column) {
            return Objects.requireNonNull(values.get(column), column);
        }

        /** With the scale of every amount on the topics. */
        BigDecimal amount(String column) {
            return new BigDecimal(text(column)).setScale(SCALE);
        }

        Instant time(String column) {
            return Instant.parse(text(column));
        }
    }

    /** How much later a recording is replayed: what happened in it last happens now. */
    static Duration untilNow(Instant now, List<Row> recorded) {
        var last = recorded.stream().map(row -> row.time("time")).max(Comparator.naturalOrder());
        return Duration.between(last.orElseThrow(), now);
    }

    static List<Row> rows(String file) {
        var resource = Objects.requireNonNull(Recording.class.getResourceAsStream("/demo/" + file));
        try (var in = new BufferedReader(new InputStreamReader(resource, StandardCharsets.UTF_8))) {
            var names = in.readLine().split(",", -1);
            return in.lines().map(line -> row(names, line.split(",", -1))).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the demo's " + file + " can not be read", e);
        }
    }

    private static Row row(String[] names, String[] values) {
        var row = new HashMap<String, String>();
        for (int i = 0; i < names.length; i++) {
            row.put(names[i], values[i]);
        }
        return new Row(row);
    }
}
