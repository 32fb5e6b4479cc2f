package dev.latchkey.embedded.bench;

import dev.latchkey.runtime.Figure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Figures as a table in Markdown, so that what is printed can be pasted into the documentation. */
public record FigureTable(List<Figure> figures) {
    private static final String ROW = "| %s | %s | %s | %s | %s |";

    public FigureTable {
        figures = List.copyOf(figures);
    }

    @Override
    public String toString() {
        var rows = figures.stream().map(FigureTable::row).collect(Collectors.joining("\n"));
        return ROW.formatted("what", "figure", "unit", "baseline", "ratio") + "\n|---|---:|---|---:|---:|\n" + rows;
    }

    private static String row(Figure figure) {
        return ROW.formatted(
                figure.name(), number(figure.value()), figure.unit(), number(figure.baseline()), ratio(figure.ratio()));
    }

    /** Whole from a hundred on, three digits below. */
    private static String number(@Nullable Number number) {
        if (number == null) {
            return "";
        }
        double value = number.doubleValue();
        boolean isWhole = value == Math.rint(value) || Math.abs(value) >= 100;
        return isWhole ? "%,d".formatted(Math.round(value)) : String.format(Locale.ROOT, "%.3g", value);
    }

    private static String ratio(@Nullable Number ratio) {
        if (ratio == null) {
            return "";
        }
        double value = ratio.doubleValue();
        return String.format(Locale.ROOT, value > 0 && value < 0.1 ? "%.2g" : "%.2f", value);
    }
}
