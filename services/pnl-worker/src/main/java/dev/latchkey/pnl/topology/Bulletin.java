package dev.latchkey.pnl.topology;

import dev.latchkey.events.PnlUpdated;
import dev.latchkey.pnl.book.Figures;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there is to publish of some positions and of the users who hold them. */
record Bulletin(List<Item> items) {
    /** The figures under one key; null where nothing is left to have any. */
    record Item(String key, @Nullable PnlUpdated figures) {
        boolean fits() {
            return figures == null || Figures.canBeWritten(figures);
        }
    }

    boolean fits() {
        return items.stream().allMatch(Item::fits);
    }
}
