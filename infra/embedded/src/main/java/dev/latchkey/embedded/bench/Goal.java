package dev.latchkey.embedded.bench;

import dev.latchkey.runtime.Figure;
import java.util.List;

/**
 * What a figure has to stay below.
 *
 * @param figure its name
 * @param limit in the figure's unit
 */
public record Goal(String figure, long limit) {
    /** A figure that was not measured reaches no goal. */
    public boolean isReachedBy(List<Figure> figures) {
        return figures.stream()
                .anyMatch(each -> each.name().equals(figure) && each.value().doubleValue() < limit);
    }

    @Override
    public String toString() {
        return figure + " below " + limit;
    }
}
