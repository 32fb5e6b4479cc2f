package dev.latchkey.pnl.vectors;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One case of vectors.json. */
@JsonIgnoreProperties(ignoreUnknown = true)
record Vector(
        String id,
        String name,
        String method,
        String convention,
        @Nullable String use,
        @Nullable BigDecimal tolerance,
        @Nullable BigDecimal fxToAccount,
        List<VectorTrade> trades,
        @Nullable List<VectorSplit> splits,
        Map<String, Object> expected,
        List<String> exactFields,
        Map<String, BigDecimal> oracle) {
    private static final BigDecimal USUAL_TOLERANCE = new BigDecimal("5e-9");
    private static final int SCALE = 18;

    record VectorTrade(
            String id,
            long ts,
            String symbol,
            String side,
            BigDecimal qty,
            BigDecimal price,
            BigDecimal fee,
            String feeCurrency,
            @Nullable String quoteCurrency) {
        private Stream<BigDecimal> numbers() {
            return Stream.of(qty, price, fee);
        }
    }

    record VectorSplit(String symbol, int num, int den, long ts) {}

    static List<Vector> all() {
        try (var in = Objects.requireNonNull(Vector.class.getResourceAsStream("/vectors.json"))) {
            return new JsonMapper().readValue(in, new TypeReference<List<Vector>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Why this case says nothing about our books; empty for one that must pass. */
    Optional<String> reasonToLeaveOut() {
        if (use != null) {
            return Optional.of(use + ": " + name);
        }
        return method.equals("LIFO") ? Optional.of("the last in is the first out: " + name) : Optional.empty();
    }

    BigDecimal slack(String field) {
        return exactFields.contains(field) ? BigDecimal.ZERO : Objects.requireNonNullElse(tolerance, USUAL_TOLERANCE);
    }

    BigDecimal mark() {
        return Objects.requireNonNull(oracle.get("mark"));
    }

    BigDecimal rate() {
        return Objects.requireNonNullElse(fxToAccount, BigDecimal.ONE);
    }

    /** Whether an input has more decimals than an event can carry. */
    boolean isRoundedOnTheWayIn() {
        return trades.stream()
                .flatMap(VectorTrade::numbers)
                .anyMatch(number -> number.stripTrailingZeros().scale() > SCALE);
    }

    @Override
    public String toString() {
        return id + " " + name;
    }
}
