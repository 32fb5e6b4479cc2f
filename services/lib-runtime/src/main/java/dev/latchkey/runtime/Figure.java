package dev.latchkey.runtime;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a command measured, as every command writes it with {@code --json FILE}.
 *
 * @param baseline what it is compared with, in the same unit, if anything
 * @param ratio value by baseline, if there is one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Figure(
        String name,
        Number value,
        String unit,
        @Nullable Number baseline,
        @Nullable Number ratio) {
    public static Figure of(String name, Number value, String unit) {
        return new Figure(name, value, unit, null, null);
    }

    /** Beside what was measured for comparison in the same run; a baseline of zero gives no ratio. */
    public static Figure against(String name, Number value, String unit, Number baseline) {
        double divisor = baseline.doubleValue();
        return new Figure(name, value, unit, baseline, divisor == 0 ? null : value.doubleValue() / divisor);
    }

    /** Writes an array of figures. */
    public static void write(Path file, List<Figure> figures) {
        try {
            Files.write(file, Json.write(figures));
        } catch (IOException e) {
            throw new UncheckedIOException("the figures can not be written to " + file, e);
        }
    }
}
